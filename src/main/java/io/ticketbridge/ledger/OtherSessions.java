package io.ticketbridge.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Who else is connected to a ledger on PostgreSQL. H2 itself keeps others out. */
final class OtherSessions {
    private static final String OTHERS =
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
            and application_name like '%JDBC%'""";

    private OtherSessions() {}

    /** @throws IllegalStateException if there are any */
    static void require(Connection connection) throws SQLException {
        if (ExistingLedger.isH2(connection.getMetaData().getURL())) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OTHERS)) {
            rows.next();
            if (rows.getLong(1) > 0) {
                throw new IllegalStateException("a ticketbridge run seems to be at work on it (" + rows.getLong(1)
                        + " connections of Java programs): stop it first");
            }
        }
    }
}
