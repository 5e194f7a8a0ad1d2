package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;

/** The ledger can't be opened. The message names the property, the cause and what to do. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static LedgerUnavailable because(DatabaseSettings settings, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        String address = settings.toString().replaceAll("^DatabaseSettings\\[url=([^,]*),.*$", "$1");
        return new LedgerUnavailable(
                "ticketbridge.database.url: the ledger " + address + " can't be opened: " + said + ". " + cure(said),
                failure);
    }

    private static String cure(String said) {
        String lower = said.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("password") || lower.contains("user name")) {
            return "Check ticketbridge.database.user and ticketbridge.database.password.";
        }
        if (lower.contains("corrupt") || lower.contains("file format")) {
            return "Restore the file from a back-up, or start a new ledger with another url and baseline=adopt.";
        }
        if (lower.contains("lock")) {
            return "Another program holds the file: stop it, or use another url.";
        }
        if (lower.contains("refused") || lower.contains("connect")) {
            return "Check that the database runs and that host and port are right.";
        }
        return "Check that the folder exists and can be written, or name another in ticketbridge.database.url.";
    }
}
