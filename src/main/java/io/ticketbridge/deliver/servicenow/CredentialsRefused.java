package io.ticketbridge.deliver.servicenow;

/** ServiceNow will not let this user or client in. The message names the properties to look at, never their values. */
public final class CredentialsRefused extends RuntimeException {
    CredentialsRefused(String message) {
        super(message);
    }
}
