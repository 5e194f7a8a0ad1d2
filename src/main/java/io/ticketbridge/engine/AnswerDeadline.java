package io.ticketbridge.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
    private static final ScheduledThreadPoolExecutor CLOCKWORK = clockwork();

    private final Duration limit;

    AnswerDeadline(Duration limit) {
        this.limit = limit;
    }

    private static ScheduledThreadPoolExecutor clockwork() {
        ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "answer-deadline");
            thread.setDaemon(true);
            return thread;
        });
        clockwork.setRemoveOnCancelPolicy(true);
        return clockwork;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Alarm begin = new Alarm(scope, limit);
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
            answer.setEntity(new Timed(body, new Alarm(scope, limit)));
        }
        return answer;
    }

    /** Breaks the connection off when the time is over; of one that was given back there is nothing to break. */
    private static final class Alarm {
        private final Duration limit;
        private final Future<?> bell;
        private volatile boolean late;

        Alarm(ExecChain.Scope scope, Duration limit) {
            this.limit = limit;
            bell = CLOCKWORK.schedule(() -> ring(scope), limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void ring(ExecChain.Scope scope) {
            late = true;
            if (scope.originalRequest instanceof CancellableDependency request) {
                request.cancel();
            }
        }

        void requireInTime(Exception cause) throws SocketTimeoutException {
            if (late) {
                SocketTimeoutException timeout =
                        new SocketTimeoutException("The answer did not end within " + limit.toMillis() + " ms");
                timeout.initCause(cause);
                throw timeout;
            }
        }

        void off() {
            bell.cancel(false);
        }
    }

    private static final class Timed extends HttpEntityWrapper {
        private final Alarm alarm;

        Timed(HttpEntity body, Alarm alarm) {
            super(body);
            this.alarm = alarm;
        }

        @Override
        public InputStream getContent() throws IOException {
            InputStream content = super.getContent();
            return content == null ? null : new TimedStream(content, alarm);
        }

        @Override
        public void close() throws IOException {
            alarm.off();
            super.close();
        }
    }

    private static final class TimedStream extends FilterInputStream {
        private final Alarm alarm;

        TimedStream(InputStream body, Alarm alarm) {
            super(body);
            this.alarm = alarm;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(bytes, offset, length);
            } catch (IOException e) {
                alarm.requireInTime(e);
                throw e;
            }
            // What was broken off may look like an end.
            alarm.requireInTime(null);
            if (read < 0) {
                alarm.off();
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            alarm.off();
            super.close();
        }
    }
}
