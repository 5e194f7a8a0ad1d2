package io.ticketbridge.engine;

import io.ticketbridge.fault.AnswerTooLong;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * An answer must fit: it is held in memory, with what is made of it beside it, and one that has no end, or unpacks to more than
 * there is, would take the whole process with it and not its own pass alone. It counts what it hands out; what unpacks comes before.
 */
final class AnswerSize implements ExecChainHandler {
    private final long most;

    /** @param most in bytes */
    AnswerSize(long most) {
        this.most = most;
    }

    /** A tree of JSON takes several times the room of its text, and there is more than one source. */
    static AnswerSize fittingMemory() {
        return new AnswerSize(Runtime.getRuntime().maxMemory() / 8);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse answer = chain.proceed(request, scope);
        HttpEntity body = answer.getEntity();
        if (body != null) {
            answer.setEntity(new HttpEntityWrapper(body) {
                @Override
                public InputStream getContent() throws IOException {
                    InputStream content = super.getContent();
                    return content == null ? null : new Counted(content, scope);
                }
            });
        }
        return answer;
    }

    private final class Counted extends FilterInputStream {
        private final ExecChain.Scope scope;
        private long count;

        Counted(InputStream body, ExecChain.Scope scope) {
            super(body);
            this.scope = scope;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(read, 0);
            if (count > most) {
                // Whoever closes the answer would read it to its end.
                if (scope.originalRequest instanceof CancellableDependency request) {
                    request.cancel();
                }
                throw new AnswerTooLong(most);
            }
            return read;
        }
    }
}
