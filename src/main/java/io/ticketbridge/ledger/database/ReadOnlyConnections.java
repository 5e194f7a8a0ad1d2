package io.ticketbridge.ledger.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** A connection that can only read leads to the wrong server as a rule: the pool makes another, and does not keep it for half an hour. */
final class ReadOnlyConnections implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException error) {
        return Outage.READ_ONLY.equals(error.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
