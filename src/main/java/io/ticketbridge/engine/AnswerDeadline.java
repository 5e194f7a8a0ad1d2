package io.ticketbridge.engine;

import io.ticketbridge.fault.Deadline;
import io.ticketbridge.fault.TimedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * An answer must begin in time, and then end in time. The client's own limits are for one read each: a server that sends a
 * byte now and then would hold the thread for ever.
 */
final class AnswerDeadline implements ExecChainHandler {
    private final Duration limit;

    AnswerDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Deadline begin = deadline(scope);
        ClassicHttpResponse answer;
        try {
            answer = chain.proceed(request, scope);
        } catch (IOException | HttpException | RuntimeException e) {
            begin.requireInTime(e);
            throw e;
        } finally {
            begin.off();
        }
        HttpEntity body = answer.getEntity();
        if (body != null) {
            answer.setEntity(new Timed(body, deadline(scope)));
        }
        return answer;
    }

    /** Of a connection that was given back there is nothing to break off. */
    private Deadline deadline(ExecChain.Scope scope) {
        return new Deadline(limit, () -> {
            if (scope.originalRequest instanceof CancellableDependency request) {
                request.cancel();
            }
        });
    }

    private static final class Timed extends HttpEntityWrapper {
        private final Deadline deadline;

        Timed(HttpEntity body, Deadline deadline) {
            super(body);
            this.deadline = deadline;
        }

        @Override
        public InputStream getContent() throws IOException {
            InputStream content = super.getContent();
            return content == null ? null : new TimedStream(content, deadline);
        }

        @Override
        public void close() throws IOException {
            deadline.off();
            super.close();
        }
    }
}
