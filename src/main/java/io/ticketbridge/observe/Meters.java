package io.ticketbridge.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.intake.IntakeListener;
import io.ticketbridge.ticket.DeliveryListener;
import io.ticketbridge.ticket.Intent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Counts what this process did: passes, the outcome of each finding read (P5), each write and how long after its cause. */
public final class Meters implements RunListener, DeliveryListener, IntakeListener {
    /** From seconds to a day: a ticket that takes longer than that is a matter for the backlog. */
    private static final Duration[] LAGS = {
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofDays(1)
    };

    private final MeterRegistry registry;

    /** @param flows those that are enabled: their counters are there from the start, so that a rate can be drawn */
    public Meters(MeterRegistry registry, Collection<String> flows) {
        this.registry = registry;
        for (String flow : flows) {
            List.of("ended", "failed").forEach(result -> passes(flow, result));
            for (Intent.Kind kind : Intent.Kind.values()) {
                lag(flow, kind);
            }
            Account.OUTCOMES.forEach(outcome -> findings(flow, outcome));
            absent(flow);
            unbalanced(flow);
        }
    }

    @Override
    public void passEnded(String flow) {
        passes(flow, "ended").increment();
    }

    @Override
    public void passFailed(String flow, String cause) {
        passes(flow, "failed").increment();
    }

    @Override
    public void accountClosed(Account account) {
        account.findings()
                .forEach((outcome, count) -> findings(account.flow(), outcome).increment(count));
        absent(account.flow()).increment(account.absent());
        if (!account.addsUp()) {
            unbalanced(account.flow()).increment();
        }
    }

    @Override
    public void written(String flow, Intent.Kind kind, Duration lag) {
        lag(flow, kind).record(lag);
    }

    @Override
    public void taken(String flow, String outcome) {
        intakes(flow, outcome).increment();
    }

    @Override
    public void refused(String flow, String reason) {
        Counter.builder("ticketbridge.intakes.refused")
                .description("Requests to the HTTP intake that were refused, by reason")
                .tag("flow", flow)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    private Counter intakes(String flow, String outcome) {
        return Counter.builder("ticketbridge.intakes")
                .description("Bodies that the HTTP intake has taken")
                .tag("flow", flow)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter passes(String flow, String result) {
        return Counter.builder("ticketbridge.passes")
                .description("Passes over a source by how they ended")
                .tag("flow", flow)
                .tag("result", result)
                .register(registry);
    }

    private Counter findings(String flow, String outcome) {
        return Counter.builder("ticketbridge.findings")
                .description("Findings read by their one outcome, counted when their run is through")
                .tag("flow", flow)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter absent(String flow) {
        return Counter.builder("ticketbridge.findings.absent")
                .description("Failures that complete scans did not name any more")
                .tag("flow", flow)
                .register(registry);
    }

    private Counter unbalanced(String flow) {
        return Counter.builder("ticketbridge.accounts.unbalanced")
                .description("Runs whose account does not add up")
                .tag("flow", flow)
                .register(registry);
    }

    private Timer lag(String flow, Intent.Kind kind) {
        return Timer.builder("ticketbridge.tickets")
                .description(
                        "Writes to tickets by kind, with the time from the beginning of the pass that read the cause")
                .tag("flow", flow)
                .tag("action", kind.word())
                .serviceLevelObjectives(LAGS)
                .register(registry);
    }
}
