package io.ticketbridge.engine;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Repeating is the routes' business. The HTTP client would do it too, and sleep for as long as {@code Retry-After} asks for,
 * where no stop of the routes can reach it.
 */
public final class NoSilentRepeats implements HttpClientConfigurer {
    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries();
    }
}
