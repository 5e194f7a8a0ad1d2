package io.ticketbridge.ledger.move;

import java.sql.SQLException;

/** The ledger that is copied could not be read; whatever else fails is the copy. */
final class NotRead extends SQLException {
    private static final long serialVersionUID = 1L;

    NotRead(SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    }
}
