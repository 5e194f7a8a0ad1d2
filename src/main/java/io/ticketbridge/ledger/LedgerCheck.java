package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.fault.Checked;
import java.nio.file.Path;

/** Whether the ledger can be read, and of which version it is (P30). It is not made and not migrated. */
public final class LedgerCheck {
    private LedgerCheck() {}

    /** @param folder for a copy that is thrown away: reading all of it is the best check there is */
    public static Checked of(DatabaseSettings settings, Path folder) {
        try {
            LedgerCopy.of(settings, folder);
            return Checked.ok("ledger", "database", "it can be used; what is not there yet is made by the first run");
        } catch (LedgerUnavailable e) {
            String text = e.getMessage();
            int cure = text.lastIndexOf(". ");
            return Checked.problem(
                    "ledger",
                    "database",
                    cure < 0 ? text : text.substring(0, cure),
                    cure < 0 ? "" : text.substring(cure + 2));
        }
    }
}
