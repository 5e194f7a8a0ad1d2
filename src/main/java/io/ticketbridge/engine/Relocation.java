package io.ticketbridge.engine;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.ledger.database.H2File;
import io.ticketbridge.ledger.move.LedgerMove;
import io.ticketbridge.ledger.move.LedgerMove.Moved;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;

/** The ledger goes to another database, while no {@code run} is at work on either. */
public final class Relocation {
    private final DatabaseSettings from;
    private final DatabaseSettings to;
    private final LedgerMove move;

    public Relocation(DatabaseSettings from, DatabaseSettings to, LedgerMove.Listener listener) {
        this.from = from;
        this.to = to;
        move = new LedgerMove(from, to, listener);
    }

    /**
     * @param dryRun only tells what would be moved
     * @throws CannotStart if somebody is at work on one of them, or both are the same
     * @throws io.ticketbridge.ledger.database.LedgerUnavailable if one of them can't be used
     */
    public Moved begin(boolean dryRun, Clock clock) {
        Optional<H2File> source = H2File.of(from.url());
        Optional<H2File> target = H2File.of(to.url());
        boolean isSameFile = source.isPresent() && source.map(H2File::data).equals(target.map(H2File::data));
        if (isSameFile || from.url().equals(to.url())) {
            throw new CannotStart("--from names the ledger of ticketbridge.database.url itself: set"
                    + " ticketbridge.database.url to where the ledger is to go first");
        }
        // A lock is a file: of a ledger that is not there nothing is made.
        try (RunLock held = lock("--from", source);
                RunLock kept = dryRun ? null : lock("ticketbridge.database.url", target)) {
            return dryRun ? move.plan() : move.move(clock);
        }
    }

    private static RunLock lock(String property, Optional<H2File> file) {
        return file.filter(some -> property.equals("ticketbridge.database.url") || Files.exists(some.data()))
                .map(some -> RunLock.take(property, some))
                .orElse(null);
    }
}
