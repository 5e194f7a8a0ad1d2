package io.ticketbridge.ledger.intake;

import java.io.InputStream;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A body that was taken in and is read now.
 *
 * @param complete whether its sender says that it is a whole scan, so that what it does not name is gone (P11)
 * @param bytes opens what was kept of it, packed with gzip
 */
public record Intake(UUID id, String flow, boolean complete, Supplier<InputStream> bytes) {

    public InputStream open() {
        return bytes.get();
    }

    /** Its run is named by it. */
    @Override
    public String toString() {
        return id.toString();
    }
}
