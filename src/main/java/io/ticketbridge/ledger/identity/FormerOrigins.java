package io.ticketbridge.ledger.identity;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers with each flow what it read. Where that is called otherwise now, its findings are, too (P3). Where it is another system, no scan
 * says any more what became of what fails: that is told, and believed to be gone only if a person says so (P11). Thread-safe.
 */
public final class FormerOrigins {
    private static final Logger LOG = LoggerFactory.getLogger(FormerOrigins.class);

    private final LedgerDatabase database;
    private final Origins origins;
    private final Function<String, FlowFacts> facts;
    private final Watermarks watermarks;
    private final ScopeRenaming renaming;
    private final UnreadFindings unread;
    private final Clock clock;
    private final Map<String, Known> settled = new ConcurrentHashMap<>();

    /** With what is kept of a flow nothing is to be done as long as it reads that. */
    private record Known(Origin now, String kept, LeftUnread left) {
        boolean isOf(Origin origin, String text) {
            return now.equals(origin) && kept.equals(text);
        }
    }

    public FormerOrigins(
            LedgerDatabase database,
            Origins origins,
            Function<String, FlowFacts> facts,
            Watermarks watermarks,
            Clock clock) {
        this.database = database;
        this.origins = origins;
        this.facts = facts;
        this.watermarks = watermarks;
        this.renaming = new ScopeRenaming(database);
        this.unread = new UnreadFindings(database);
        this.clock = clock;
    }

    /** A run of the flow's pass begins, and nothing else reads it any more. */
    public void begin(String flow, String pass) {
        Origin now = origins.of(flow);
        if (now == null) {
            return;
        }
        Optional<String> kept = watermarks.of(key(flow));
        Known known = settled.get(flow);
        if (known != null && kept.filter(text -> known.isOf(now, text)).isPresent()) {
            known.left().begins(pass);
            return;
        }
        OriginHistory history = kept.map(OriginHistory::of)
                .map(before -> before.reads(now, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .orElseGet(() -> OriginHistory.of(now));
        history = rename(flow, history);
        LeftUnread left = new LeftUnread(unread.of(flow, history.former()), history.mayShare());
        left.begins(pass);
        keep(flow, left.wasNothing() ? OriginHistory.of(now) : history, kept, left);
    }

    /**
     * A run was read to its end: what it names is read here, too, whatever had read it before.
     *
     * @param pass null for one that is beside all passes: it says nothing of what is read
     * @param isPartial whether it has records that it can't use or leaves out
     * @param names whether it names a finding
     */
    public void read(String flow, String pass, boolean isPartial, Predicate<UUID> names) {
        Known known = settled.get(flow);
        if (known != null && pass != null) {
            known.left().read(pass, isPartial, names);
        }
    }

    /**
     * The flow's pass has read what the flow reads now: only then it is known what nobody reads any more.
     *
     * @return what is to be taken for gone, since a person says so
     */
    public Set<UUID> endPass(String flow, String pass) {
        Known known = settled.get(flow);
        if (known == null || !known.left().isToBeTold(pass, origins.isFormerGone(flow))) {
            return Set.of();
        }
        OriginHistory history = OriginHistory.of(known.kept());
        Set<UUID> left = known.left().of(unread.of(flow, history.former()));
        if (left.isEmpty()) {
            forget(flow);
        } else if (origins.isFormerGone(flow) && known.left().isPartial()) {
            LOG.warn(
                    "ticketbridge.flow.{}.former-source-gone does nothing yet: this pass has records that can't be used or that are filtered,"
                            + " and they may be about what was read before. findings={}",
                    flow,
                    left.size());
        } else if (origins.isFormerGone(flow)) {
            LOG.info(
                    "What the flow read before is believed to be gone, as ticketbridge.flow.{}.former-source-gone says. findings={}",
                    flow,
                    left.size());
            return left;
        } else {
            tell(flow, history, left.size());
            known.left().told();
        }
        return Set.of();
    }

    /** Nothing of what the flow read before is left. */
    public void forget(String flow) {
        keep(flow, OriginHistory.of(settled.get(flow).now()), Optional.empty(), LeftUnread.NOTHING);
    }

    /** Where the scope is part of a group's id, a group of the former name is another one. */
    private OriginHistory rename(String flow, OriginHistory history) {
        if (facts.apply(flow).groupsByScope()) {
            return history;
        }
        OriginHistory renamed = history;
        Origin now = history.now();
        for (OriginHistory.Period period : history.former()) {
            Origin before = period.origin();
            if (now.wasCalled(before, origins.isNameTaken(before))) {
                int rows = renaming.rename(flow, before.scope(), now.scope());
                LOG.info(
                        "A flow's source has another name, and its findings have it now, too. flow={} was={} now={} findings={}",
                        flow,
                        before.scope(),
                        now.scope(),
                        rows);
                renamed = renamed.renamed(before, now);
            }
        }
        return renamed;
    }

    private static void tell(String flow, OriginHistory history, int left) {
        List<String> before = history.former().stream()
                .map(period -> period.origin().said())
                .distinct()
                .toList();
        LOG.warn(
                "Failures that a flow read elsewhere before are read by nobody any more, and keep their tickets open. Let the flow read"
                        + " it again; or, if they are gone, set ticketbridge.flow.{}.former-source-gone=true for one pass. flow={} was=\"{}\""
                        + " now=\"{}\" findings={}",
                flow,
                flow,
                String.join(", ", before),
                history.now().said(),
                left);
    }

    private void keep(String flow, OriginHistory history, Optional<String> kept, LeftUnread left) {
        String text = Json.write(history);
        if (kept.filter(text::equals).isEmpty()) {
            watermarks.move(key(flow), text);
        }
        settled.put(flow, new Known(history.now(), text, left));
    }

    public static String key(String flow) {
        return flow + "/origin";
    }
}
