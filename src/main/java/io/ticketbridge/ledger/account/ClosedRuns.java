package io.ticketbridge.ledger.account;

import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the accounts of runs that owe nothing any more (P5), and hands them out or reports them. */
public final class ClosedRuns {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedRuns.class);

    /** Who closes accounts by its schedule does so again and again within this time. */
    private static final Duration CLOSES_EVERY = Duration.ofSeconds(20);

    private static final String CLOSING = "close-accounts";

    private final SettledRuns settled;
    private final Accounts accounts;
    private final LastEnds lastEnds;
    private final Set<Long> own;

    /** @param own the runs that this process began; those that are handed out are taken from it */
    public ClosedRuns(LedgerDatabase database, Accounts accounts, LastEnds lastEnds, Set<Long> own) {
        this.settled = new SettledRuns(database);
        this.accounts = accounts;
        this.lastEnds = lastEnds;
        this.own = own;
    }

    /** Of all runs, whoever began them. */
    List<Account> all() {
        return close(settled.find());
    }

    private List<Account> close(Set<Long> through) {
        return through.stream().map(accounts::close).flatMap(Optional::stream).toList();
    }

    /** Of the runs that this process began, and of all others where nobody closes those by its schedule. */
    public List<Account> own() {
        List<Account> closed = new ArrayList<>();
        Set<Long> through = settled.find();
        for (Long run : own) {
            Optional<Account> account = through.contains(run) ? accounts.close(run) : Optional.empty();
            // Another process may have been first.
            account.or(() -> accounts.closed(run)).ifPresent(closed::add);
        }
        closed.forEach(account -> {
            own.remove(account.run());
            through.remove(account.run());
        });
        if (!lastEnds.endedWithin(CLOSING, CLOSES_EVERY)) {
            closed.addAll(close(through));
        }
        return closed;
    }

    /** Of all runs, by schedule: says of each what it did, if it did anything. */
    public void report() {
        own.clear();
        lastEnds.ended(CLOSING);
        all().stream()
                .filter(account -> account.isNews() || account.wrote())
                .forEach(account -> LOG.info(
                        "A run is through. flow={} scan=\"{}\" read={} findings={} absent={} tickets={}",
                        account.flow(),
                        account.scan(),
                        account.read(),
                        account.findings(),
                        account.absent(),
                        account.tickets()));
    }
}
