package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ticketbridge.deliver.Circuits.Kind;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.observe.CircuitGauges;
import io.ticketbridge.testing.Alerts;
import io.ticketbridge.testing.HandClock;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CircuitsTest {
    private static final String LETTERS = "TicketbridgeDeadLetters";
    private static final String REFUSED = "TicketbridgeProfileRefused";

    private final HandClock clock = new HandClock();
    private final Circuits circuits = new Circuits(clock);
    private final AtomicInteger letters = new AtomicInteger();

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            circuits.refused("incident", Kind.RESOLVE, "a field is empty");
            letters.incrementAndGet();
        }
    }

    @Test
    void opens_at_the_fifth_refusal_in_a_row() {
        refuse(4);
        assertThat(circuits.isOpen("incident", Kind.RESOLVE)).isFalse();

        refuse(1);
        assertThat(circuits.isOpen("incident", Kind.RESOLVE)).isTrue();
        assertThat(circuits.reason("incident", Kind.RESOLVE))
                .isEqualTo("resolving tickets with profile incident is refused again and again: a field is empty");
    }

    @Test
    void stays_open_for_a_minute_and_opens_again_at_the_next_refusal() {
        refuse(5);
        clock.advance(Duration.ofSeconds(59));
        assertThat(circuits.isOpen("incident", Kind.RESOLVE)).isTrue();

        clock.advance(Duration.ofSeconds(1));
        assertThat(circuits.isOpen("incident", Kind.RESOLVE)).isFalse();

        refuse(1);
        assertThat(circuits.isOpen("incident", Kind.RESOLVE)).isTrue();
    }

    private Alerts alerts() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new CircuitGauges(circuits::isRefused, List.of("incident")).bindTo(registry);
        Gauge.builder("ticketbridge.ledger.usable", () -> 1).register(registry);
        Gauge.builder("ticketbridge.dead.letters", letters::get)
                .tag("flow", "cases")
                .register(registry);
        return new Alerts(clock, Duration.ofSeconds(30), registry);
    }

    /** What is held is tried again by a pass that reads something, or by one of each hour: a circuit is open for a minute of it. */
    @Test
    void a_profile_that_is_refused_at_each_try_is_told_until_a_ticket_goes_through() {
        Alerts alerts = alerts();
        refuse(4);
        assertThat(alerts.during(Duration.ofMinutes(20))).containsOnly(LETTERS);
        refuse(1);
        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly(LETTERS, REFUSED);
        clock.advance(Duration.ofHours(2));
        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly(LETTERS, REFUSED);

        circuits.passed("incident", Kind.RESOLVE);
        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly(LETTERS);
    }

    /** Whichever replica wrote them: this one may have nothing to try for hours. */
    @Test
    void a_profile_is_not_told_any_more_once_what_was_refused_is_through_or_put_aside() {
        Alerts alerts = alerts();
        refuse(5);
        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly(LETTERS, REFUSED);

        letters.set(0);
        assertThat(alerts.during(Duration.ofHours(1))).isEmpty();
    }

    /** Another replica may have written what was mended, and a letter of something else is left. */
    @Test
    void a_profile_of_which_nothing_was_tried_for_hours_is_not_told_for_good() {
        refuse(5);
        clock.advance(Duration.ofHours(3));

        assertThat(alerts().during(Duration.ofHours(1))).containsOnly(LETTERS);
    }

    @Test
    void a_ticket_that_goes_through_begins_the_count_anew() {
        refuse(4);
        circuits.passed("incident", Kind.RESOLVE);
        refuse(4);

        assertThat(circuits.isOpen("incident", Kind.RESOLVE)).isFalse();
    }

    @Test
    void one_profile_does_not_hold_another() {
        refuse(5);

        assertThat(circuits.isRefused("problem")).isFalse();
        assertThat(circuits.isOpen("problem", Kind.RESOLVE)).isFalse();
    }

    @Test
    void what_can_not_be_resolved_keeps_nothing_from_being_opened() {
        refuse(4);
        circuits.passed("incident", Kind.OPEN);
        refuse(1);

        assertThat(circuits.isOpen("incident", Kind.OPEN)).isFalse();
        assertThat(circuits.isOpen("incident", Kind.CHANGE)).isFalse();
        assertThat(circuits.isOpen("incident", Kind.RESOLVE))
                .as("a ticket that was opened says nothing of resolving")
                .isTrue();
        assertThat(circuits.isRefused("incident")).as("the gauge's").isTrue();
    }

    /** What becomes of a ticket in step is known only once both sides were read. */
    @Test
    void a_ticket_in_step_is_held_where_it_would_be_resolved_and_not_where_it_would_be_changed() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of(
                "source",
                "vision-one-cases",
                "vision-one.url",
                "https://api.xdr.trendmicro.com",
                "vision-one.token",
                "token"))) {
            Finding one = fail("case", "one");
            world.ledger.scan(one);
            world.deliver(one, Action.OPEN);
            world.ledger.scan(fail("case", "two"), pass("case", "one"));
            refuse(5);
            Deciding deciding = world.deciding(circuits);
            Delivery delivery = world.claim(one);

            deciding.take(delivery, new Decision(Action.SYNC, 1, "both sides are compared"));
            assertThat(delivery.decision().action()).isEqualTo(Action.SYNC);

            delivery.decide(new Decision(Action.RESOLVE, 1, "the case is closed"));
            deciding.intend(delivery, ServiceNowCall.find("incident", "", "sys_id", 1));
            assertThat(delivery.decision().action()).isEqualTo(Action.HOLD);
            assertThat(delivery.intent()).isNull();
        }
    }
}
