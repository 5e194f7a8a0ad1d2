package io.ticketbridge.engine;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Keeps the HTTP client from repeating a request that was answered: it would do so after a 503, writes included, and may have
 * been done by then (P15). Who sent it decides, and waits as the answer says.
 */
public final class NoBlindRepeats implements HttpClientConfigurer {
    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setRetryStrategy(new DefaultHttpRequestRetryStrategy() {
            @Override
            public boolean retryRequest(HttpResponse response, int executions, HttpContext context) {
                return false;
            }
        });
    }
}
