package io.ticketbridge.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.ledger.report.LedgerFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the ledger says of all replicas together, as gauges. While it can't be read they have no value but the one that says so, which is
 * an alert of its own.
 */
public final class LedgerGauges implements MeterBinder {
    private final LatestFigures figures;
    private final Collection<FlowSettings> flows;
    private final Predicate<FlowSettings> polled;
    private final Clock clock;
    private final Instant started;

    /** @param polled which flows have passes: one that only gets what is imported is read when somebody does so */
    public LedgerGauges(
            Supplier<LedgerFigures> look, Collection<FlowSettings> flows, Predicate<FlowSettings> polled, Clock clock) {
        this.figures = new LatestFigures(look, clock);
        this.flows = flows;
        this.polled = polled;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (FlowSettings settings : flows) {
            String flow = settings.name();
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
                    "groups.stuck",
                    "Owed groups whose delivery failed a dozen times, with none that went through between",
                    tags,
                    flow,
                    f -> f.stuck());
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
            seconds(
                    registry,
                    "intakes.age",
                    "How long ago the oldest body came that is not read yet",
                    tags,
                    now -> now.of(flow).waitingSince() == null
                            ? 0
                            : age(now.of(flow).waitingSince()));
            seconds(
                    registry,
                    "owed.age",
                    "How long the oldest of what is owed is due; what was tried in vain is due when it is tried next",
                    tags,
                    now -> age(now.of(flow).oldestOwed()));
            if (settings.syncBack()) {
                ofFlow(
                        registry,
                        "drift",
                        "Tickets that had drifted from their cases at the last comparison",
                        tags,
                        flow,
                        f -> f.drifted());
            }
            if (polled.test(settings)) {
                ofPasses(registry, settings, tags);
            }
        }
        Gauge.builder("ticketbridge.ledger.usable", figures, latest -> {
                    LedgerFigures now = latest.now();
                    return now != null && now.writable() ? 1 : 0;
                })
                .description("Whether the ledger can be read and written")
                .strongReference(true)
                .register(registry);
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
                "requests.polls",
                "Requests to ServiceNow of the last hour that polls made",
                Tags.empty(),
                now -> now.backlog().reads());
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
                now -> now.backlog().isWaiting() ? now.backlog().time().toSeconds() : 0);
    }

    private void ofPasses(MeterRegistry registry, FlowSettings flow, Tags tags) {
        gauge(
                registry,
                "pass.failing",
                "Whether the last pass over the source failed",
                tags,
                now -> now.of(flow.name()).failing() ? 1 : 0);
        gauge(
                registry,
                "pass.waiting",
                "Whether a pass waits for the rate budget",
                tags,
                now -> isAhead(now.of(flow.name()).waitsUntil()) ? 1 : 0);
        seconds(
                registry,
                "read.age",
                "How long ago a pass over the source last came to its end; where none ever has, since the first one began",
                tags,
                now -> age(lastRead(now.of(flow.name()))));
        seconds(
                registry,
                "read.late",
                "How long ago, by its schedule, the source should have been read again",
                tags,
                now -> age(flow.poll().next(lastRead(now.of(flow.name())))));
    }

    /** A source that was never read gets old as well. */
    private Instant lastRead(LedgerFigures.OfFlow flow) {
        return Stream.of(flow.lastRead(), flow.firstBegun(), started)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
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
                .strongReference(true)
                .register(registry);
    }

    private boolean isAhead(Instant time) {
        return time != null && time.isAfter(clock.instant());
    }

    private double age(Instant since) {
        return since == null
                ? Double.NaN
                : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
    }

    private double value(ToDoubleFunction<LedgerFigures> figure) {
        LedgerFigures now = figures.now();
        return now == null ? Double.NaN : figure.applyAsDouble(now);
    }
}
