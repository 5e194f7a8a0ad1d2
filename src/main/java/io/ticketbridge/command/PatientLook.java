package io.ticketbridge.command;

import io.ticketbridge.ledger.database.Outage;
import java.util.function.BooleanSupplier;

/** Looks at the ledger again and again; while it can't be used, what is waited for is not there yet. */
final class PatientLook {
    private final Outage outage;
    private boolean failed;

    PatientLook(Outage outage) {
        this.outage = outage;
    }

    /** @return what the look saw; false where the ledger can't be used */
    boolean at(BooleanSupplier look) {
        try {
            boolean seen = look.getAsBoolean();
            if (failed) {
                failed = false;
                outage.ended();
            }
            return seen;
        } catch (RuntimeException e) {
            if (!Outage.isCauseOf(e)) {
                throw e;
            }
            failed = true;
            outage.began(e);
            return false;
        }
    }
}
