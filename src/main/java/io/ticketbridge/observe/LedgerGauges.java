package io.ticketbridge.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketbridge.ledger.report.LedgerFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger says of all replicas together, as gauges. One look serves a scrape and those that follow within a few
 * seconds. While the ledger can't be read the gauges have no value, which is an alert of its own.
 */
public final class LedgerGauges implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerGauges.class);
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private final Supplier<LedgerFigures> look;
    private final Collection<String> flows;
    private final Predicate<String> polled;
    private final Clock clock;
    private LedgerFigures known;
    private Instant knownAt = Instant.MIN;

    /** @param polled which flows have passes: one that only gets what is imported is read when somebody does so */
    public LedgerGauges(Supplier<LedgerFigures> look, Collection<String> flows, Predicate<String> polled, Clock clock) {
        this.look = look;
        this.flows = flows;
        this.polled = polled;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String flow : flows) {
            Tags tags = Tags.of("flow", flow);
            ofFlow(registry, "tickets.open", "Tickets that somebody has to work on", tags, flow, f -> f.openTickets());
            ofFlow(registry, "groups.owed", "Groups that are owed to ServiceNow", tags, flow, f -> f.owed());
            ofFlow(
                    registry,
                    "groups.retried",
                    "Owed groups whose delivery failed before",
                    tags,
                    flow,
                    f -> f.retried());
            ofFlow(
                    registry,
                    "groups.held",
                    "Groups that a breaker or an open circuit holds",
                    tags,
                    flow,
                    f -> f.held());
            ofFlow(registry, "dead.letters", "Dead letters that nobody has replayed", tags, flow, f -> f.dead());
            ofFlow(
                    registry,
                    "intakes.waiting",
                    "Bodies that the HTTP intake has taken and that are not read yet",
                    tags,
                    flow,
                    f -> f.waiting());
            ofFlow(
                    registry,
                    "findings.under.way",
                    "Findings in the topic that no worker has written yet",
                    tags,
                    flow,
                    f -> f.underWay());
            ofFlow(
                    registry,
                    "drift",
                    "Tickets that had drifted from their cases at the last comparison",
                    tags,
                    flow,
                    f -> f.drifted());
            seconds(
                    registry,
                    "owed.age",
                    "How long the oldest of what is owed is due",
                    tags,
                    now -> age(now.of(flow).oldestOwed()));
            if (polled.test(flow)) {
                seconds(
                        registry,
                        "read.age",
                        "How long ago a pass over the source last came to its end",
                        tags,
                        now -> age(now.of(flow).lastRead()));
            }
        }
        gauge(
                registry,
                "records.twice",
                "Records that are in ServiceNow twice and not merged",
                Tags.empty(),
                now -> now.strays());
        gauge(
                registry,
                "requests.used",
                "Requests to ServiceNow of the last hour, all replicas",
                Tags.empty(),
                now -> now.backlog().used());
        gauge(
                registry,
                "requests.limit",
                "Requests that an hour has room for",
                Tags.empty(),
                now -> now.backlog().requestsPerHour().isPresent()
                        ? now.backlog().requestsPerHour().getAsInt()
                        : Double.POSITIVE_INFINITY);
        gauge(
                registry,
                "requests.owed",
                "About how many requests what is owed needs",
                Tags.empty(),
                now -> now.backlog().requests());
        seconds(
                registry,
                "backlog.time",
                "How long what is owed takes within the rate budget",
                Tags.empty(),
                now -> now.backlog().time().toSeconds());
    }

    private void ofFlow(
            MeterRegistry registry,
            String name,
            String what,
            Tags tags,
            String flow,
            ToDoubleFunction<LedgerFigures.OfFlow> figure) {
        gauge(registry, name, what, tags, now -> figure.applyAsDouble(now.of(flow)));
    }

    private void gauge(
            MeterRegistry registry, String name, String what, Tags tags, ToDoubleFunction<LedgerFigures> figure) {
        gauge(registry, name, what, tags, null, figure);
    }

    private void seconds(
            MeterRegistry registry, String name, String what, Tags tags, ToDoubleFunction<LedgerFigures> figure) {
        gauge(registry, name, what, tags, "seconds", figure);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String what,
            Tags tags,
            String unit,
            ToDoubleFunction<LedgerFigures> figure) {
        Gauge.builder("ticketbridge." + name, this, gauges -> gauges.value(figure))
                .description(what)
                .tags(tags)
                .baseUnit(unit)
                .register(registry);
    }

    private double age(Instant since) {
        return since == null
                ? Double.NaN
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }

    private double value(ToDoubleFunction<LedgerFigures> figure) {
        LedgerFigures now = now();
        return now == null ? Double.NaN : figure.applyAsDouble(now);
    }

    private synchronized LedgerFigures now() {
        Instant instant = clock.instant();
        if (knownAt.isBefore(instant.minus(KNOWN_FOR))) {
            try {
                known = look.get();
            } catch (RuntimeException e) {
                LOG.debug("The ledger can't be read for metrics", e);
                known = null;
            }
            knownAt = instant;
        }
        return known;
    }
}
