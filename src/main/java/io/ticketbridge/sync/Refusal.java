package io.ticketbridge.sync;

import io.ticketbridge.fault.NotEver;

/** Vision One will never take this request as it is. */
public final class Refusal extends NotEver {
    private static final long serialVersionUID = 1L;

    private final boolean ofRights;

    /** @param ofRights whether it is the token that may not do this, rather than the request that is wrong */
    Refusal(String said, Throwable cause, boolean ofRights) {
        super(said, cause);
        this.ofRights = ofRights;
    }

    boolean isOfRights() {
        return ofRights;
    }
}
