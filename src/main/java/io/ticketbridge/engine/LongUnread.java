package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Poll;
import io.ticketbridge.ledger.LastEnds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flows that nobody has read for long, as they were switched off, or nothing ran. What they owed then may be fixed, filtered out or handled
 * by a person since: it waits until a pass has come to its end, has failed, or has died on its way. Safe for threads.
 */
final class LongUnread implements Predicate<String> {
    /** In the log, it is the engine that says it. */
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, FlowSettings> flows;
    private final LastEnds lastEnds;
    private final Clock clock;
    private final Map<String, Instant> freshUntil = new ConcurrentHashMap<>();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    LongUnread(Map<String, FlowSettings> flows, LastEnds lastEnds, Clock clock) {
        this.flows = flows;
        this.lastEnds = lastEnds;
        this.clock = clock;
    }

    @Override
    public boolean test(String name) {
        FlowSettings flow = flows.get(name);
        Instant now = clock.instant();
        if (!FlowRoutes.isPolled(flow) || now.isBefore(freshUntil.getOrDefault(name, Instant.MIN))) {
            return false;
        }
        Instant last = lastEnds.lastPass(name).orElse(now);
        Instant until = patience(flow.poll(), last);
        if (now.isBefore(until)) {
            freshUntil.put(name, until);
            said.remove(name);
            return false;
        }
        if (said.add(name)) {
            LOG.info(
                    "What is owed of a flow waits for its next pass, as nobody has read it for long. flow={} since={}",
                    name,
                    last);
        }
        return true;
    }

    /** Until two passes were missed, and for a day at the least. */
    private static Instant patience(Poll poll, Instant last) {
        Instant day = last.plus(DAY);
        Instant next = poll.next(last);
        Instant second = next.equals(Instant.MAX) ? day : poll.next(next);
        return second.equals(Instant.MAX) || second.isBefore(day) ? day : second;
    }
}
