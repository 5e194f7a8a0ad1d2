package io.ticketbridge.engine;

import java.util.List;

/** Why nothing was started: each message names cause and cure in one line. Ends with exit code 2. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    CannotStart(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
