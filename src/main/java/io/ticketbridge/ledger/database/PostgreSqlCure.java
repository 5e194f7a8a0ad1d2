package io.ticketbridge.ledger.database;

import java.sql.SQLException;
import java.util.Optional;

/** What to do about a PostgreSQL that can't be used: by its SQLSTATE, since it speaks the language of its own machine. */
final class PostgreSqlCure {
    private static final String NO_RIGHT = "42501";

    private PostgreSqlCure() {}

    /**
     * @param property where the URL is
     * @return empty where it is not the database that says so
     */
    static Optional<String> of(Throwable failure, String property) {
        String state = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state.isEmpty() ? Optional.empty() : Optional.of(cure(state, property));
    }

    private static String cure(String state, String property) {
        if (state.equals(NO_RIGHT)) {
            return "Let the user make and use tables there: grant create, usage on schema public.";
        }
        return switch (state.substring(0, 2)) {
            case "08" -> "Check that the database runs and that host and port are right.";
            case "28" -> "Check " + account(property) + ", and that the database lets this user in from here.";
            case "3D" -> "Make that database, or name another in " + property + ".";
            case "53" -> "Give the database more connections, memory or disk, whatever it says that it lacks.";
            case "57" -> "Start again once the database is up.";
            case "25" -> "Name the primary in " + property + ": this one can only be read.";
            default -> "Check " + property + ", and what the database's log says.";
        };
    }

    private static String account(String property) {
        return property.equals("--from")
                ? "--from-user and --from-password-file"
                : "ticketbridge.database.user and ticketbridge.database.password";
    }
}
