package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.ServiceNowSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

/** What a request shows at the door. */
interface Authorisation {
    /** The name of the header to set. */
    default String header() {
        return "Authorization";
    }

    /** The value of the header; may ask for a token first. */
    String value();

    /** The value was answered with 401; says whether a repeat may pass: the secret may have been changed since it was sent. */
    default boolean refused(String value) {
        return !value.equals(value());
    }

    /** The value was answered with anything else. */
    default void accepted(String value) {}

    static Authorisation of(ServiceNowSettings serviceNow, TokenStore tokens, Clock clock) {
        return switch (serviceNow.auth()) {
            case OAUTH_CLIENT_CREDENTIALS, OAUTH_PASSWORD -> new Bearer(tokens);
            case BASIC ->
                new RefusedOnce(new Basic(serviceNow), serviceNow.auth().toCheck(), clock);
            case API_KEY ->
                new RefusedOnce(new Key(serviceNow), serviceNow.auth().toCheck(), clock);
        };
    }

    /** A bearer token from the store. */
    record Bearer(TokenStore tokens) implements Authorisation {
        private static final String SCHEME = "Bearer ";

        @Override
        public String value() {
            return SCHEME + tokens.token();
        }

        @Override
        public boolean refused(String value) {
            return tokens.refused(value.substring(SCHEME.length()));
        }

        @Override
        public void accepted(String value) {
            tokens.accepted(value.substring(SCHEME.length()));
        }
    }

    /** User and password, as they are now. */
    record Basic(ServiceNowSettings serviceNow) implements Authorisation {
        @Override
        public String value() {
            byte[] pair = (serviceNow.user() + ":" + serviceNow.password().reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
    }

    /** A ServiceNow API key. */
    record Key(ServiceNowSettings serviceNow) implements Authorisation {
        @Override
        public String header() {
            return "x-sn-apikey";
        }

        @Override
        public String value() {
            return serviceNow.apiKey().reveal();
        }
    }
}
