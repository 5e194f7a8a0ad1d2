package io.ticketbridge.ledger.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Who holds tables of a ledger on PostgreSQL, so that its schema can't be changed. */
final class Blockers {
    /** A lock was not to be had in time, and two waited for each other. */
    private static final Set<String> STATES = Set.of("55P03", "40P01");

    /** Those that came first hold up the others. A role without rights on another's session sees no more than that it is there. */
    private static final String OLDEST =
            """
            select a.pid, coalesce(a.usename, '?'), coalesce(a.application_name, ''), to_char(a.xact_start at time zone 'UTC', 'HH24:MI:SS')
            from pg_stat_activity a
            where a.datname = current_database() and a.pid <> pg_backend_pid() and exists (
                select 1 from pg_locks l join pg_class c on c.oid = l.relation
                where l.pid = a.pid and l.granted and l.locktype = 'relation'
                and c.relnamespace = to_regnamespace(current_schema()) and c.relkind = 'r')
            order by a.xact_start nulls last limit 3""";

    private Blockers() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && STATES.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    static String of(DataSource ledger) {
        List<String> sessions = new ArrayList<>();
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OLDEST)) {
            while (rows.next()) {
                sessions.add("process " + rows.getInt(1) + " of the database (user " + rows.getString(2) + ", "
                        + Text.cut(rows.getString(3), 100) + ", at work since " + rows.getString(4) + " UTC)");
            }
        } catch (SQLException e) {
            return "others that can't be named: " + e.getMessage();
        }
        return sessions.isEmpty() ? "others that are gone by now" : String.join(", ", sessions);
    }
}
