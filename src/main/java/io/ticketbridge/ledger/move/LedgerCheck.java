package io.ticketbridge.ledger.move;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.database.ExistingLedger;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import io.ticketbridge.ledger.database.MovedMark;
import java.sql.SQLException;
import java.util.Optional;

/** Whether the ledger can be read, and of which version it is (P30). It is not made and not migrated. */
public final class LedgerCheck {
    private LedgerCheck() {}

    /** Reads a little of each table: what is wrong with rights, a version or a file shows, however much the ledger holds. */
    public static Checked of(DatabaseSettings settings) {
        try {
            look(settings);
            return Checked.ok("ledger", "database", "it can be used; what is not there yet is made by the first run");
        } catch (LedgerUnavailable e) {
            return problem(e);
        } catch (SQLException | IllegalStateException e) {
            return problem(LedgerUnavailable.because(settings, e));
        }
    }

    private static void look(DatabaseSettings settings) throws SQLException {
        MovedMark.of(settings.url()).require();
        Optional<ExistingLedger> there = ExistingLedger.beside(settings);
        if (there.isPresent()) {
            try (ExistingLedger ledger = there.get()) {
                ledger.requireKnownVersion();
                ExistingTables tables = new ExistingTables(ledger);
                for (String table : tables.names()) {
                    tables.requireReadable(table);
                }
            }
        }
    }

    private static Checked problem(LedgerUnavailable failure) {
        String text = failure.getMessage();
        int cure = text.lastIndexOf(". ");
        return Checked.problem(
                "ledger",
                "database",
                cure < 0 ? text : text.substring(0, cure),
                cure < 0 ? "" : text.substring(cure + 2));
    }
}
