package io.ticketbridge.ledger.database;

import io.ticketbridge.config.DatabaseSettings;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** The ledger can't be opened. The message names the property, the cause and what to do. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public static LedgerUnavailable because(DatabaseSettings settings, Throwable failure) {
        return of("ticketbridge.database.url", settings, failure);
    }

    /** The same of a ledger that another one is made from. */
    public static LedgerUnavailable ofSource(DatabaseSettings settings, Throwable failure) {
        return of("--from", settings, failure);
    }

    /** The same of a ledger that has all rows of another one. */
    public static LedgerUnavailable onceMoved(LedgerUnavailable failure) {
        return new LedgerUnavailable(
                "All rows were moved, and nothing is to be moved again; start `run` on the new ledger once this is mended: "
                        + failure.getMessage(),
                failure);
    }

    /** A copy of it, which a plan works on, does not fit where temporary files go. */
    public static LedgerUnavailable ofCopy(Path folder, Throwable failure) {
        return new LedgerUnavailable(
                "A plan works on a copy of the ledger, which can't be made in " + folder.getParent() + ": "
                        + firstLine(root(failure))
                        + ". Free room there, or name another folder with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER.",
                failure);
    }

    private static LedgerUnavailable of(String property, DatabaseSettings settings, Throwable failure) {
        Throwable root = root(failure);
        String said = settings.masked(firstLine(root));
        if (root instanceof UnknownHostException) {
            // What stands before the host is taken for a part of it.
            said = "no host is called " + said.substring(said.lastIndexOf('@') + 1);
        }
        boolean isSource = property.equals("--from");
        Optional<String> ofPostgreSql =
                settings.url().startsWith("jdbc:postgresql:") ? PostgreSqlCure.of(failure, property) : Optional.empty();
        String text = said;
        String cure = ofPostgreSql.orElseGet(() -> isSource
                ? cureOfSource(text)
                : cure(text, CopyBeside.of(settings.url()).left()));
        return new LedgerUnavailable(
                property + ": the ledger " + settings.address() + " can't be opened: " + said + ". " + cure, failure);
    }

    /** The deepest cause that says something. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause.getMessage() == null ? root : cause;
        }
        return root;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static String cureOfSource(String said) {
        String lower = said.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("password") || lower.contains("user name")) {
            return "Check --from-user and --from-password-file.";
        }
        if (lower.contains("it was moved there before")) {
            return "Nothing is left to move.";
        }
        if (lower.contains(".moved can't be written")) {
            return "Make its folder writable for this user, or free the disk, and move again.";
        }
        if (lower.contains("it was moved")) {
            return "If that move is to be made again, delete this file.";
        }
        if (lower.contains("lock") || lower.contains("in use")) {
            return "Stop what uses it: it is moved while nobody works on it.";
        }
        return "Write its URL as ticketbridge.database.url has it now, jdbc:h2:file:./data/ticketbridge say.";
    }

    /** @param copy of before an update that was broken off */
    private static String cure(String said, Optional<Path> copy) {
        String lower = said.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("it was moved")) {
            return "Set ticketbridge.database.url to that ledger (if that is empty, the move was broken off: make it again);"
                    + " to go back to this one on purpose, delete this file"
                    + " and read docs/operations.md first.";
        }
        if (lower.contains("must be empty")) {
            return "Name an empty database; if it holds this very ledger, it was moved before and there is nothing to do.";
        }
        if (lower.contains("password") || lower.contains("user name")) {
            return "Check ticketbridge.database.user and ticketbridge.database.password.";
        }
        if (lower.contains("corrupt") || lower.contains("file format")) {
            return "Restore the file from a back-up, or start a new ledger with another url and baseline=adopt.";
        }
        if (lower.contains("in use by others")) {
            return "Stop what uses it: a ledger is moved while nobody works on either.";
        }
        if (lower.contains("there is no ledger")) {
            return "Go to the right folder or name it with --config; `run` and `import` make a ledger, nothing else does.";
        }
        if (lower.contains("its schema is of version")) {
            return "Use the version that made it; `run` of this one brings it up to date, for good.";
        }
        if (lower.contains("already exists")
                || lower.contains("duplicate column")
                || lower.contains("validate failed") && copy.isPresent()) {
            return "An update of its schema was broken off, and H2 keeps a part of it. "
                    + copy.map(
                                    zip -> "Unzip " + zip
                                            + " into its folder, in place of the file that is there, and start again; if a"
                                            + " ticketbridge worked on it after that copy was made, take your own back-up (docs/operations.md).")
                            .orElse("Restore the back-up that was made before the upgrade (docs/operations.md).")
                    + " Do not start on an empty ledger without baseline=adopt: every open ticket would be opened again.";
        }
        if (lower.contains("validate failed") || lower.contains("schema has version")) {
            return "Start the version that made it, or a newer one.";
        }
        if (lower.contains("held up by")) {
            return "Let that end, a plan or a back-up say, or end it (select pg_terminate_backend(PROCESS)), and start again;"
                    + " the version before goes on meanwhile.";
        }
        if (lower.contains("lock")) {
            return "Another program holds the file: stop it, or use another url.";
        }
        return "Check that the folder exists and can be written, or name another in ticketbridge.database.url.";
    }
}
