package io.ticketbridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.policy.ModelWorld.Step;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever happens. */
class PolicyPropertiesTest {
    @Property(tries = 1000)
    void never_two_tickets_block_a_group_unless_the_older_one_was_too_old(
            @ForAll("settings") PolicySettings settings, @ForAll("histories") List<Step> history) {
        ModelWorld world = new ModelWorld(settings);
        for (Step step : history) {
            world.take(step);
            long notTooOld = world.tickets().stream()
                    .filter(ticket -> ticket.phase() == Phase.OPEN && !ticket.reached())
                    .filter(ticket -> !world.isTooOld(ticket))
                    .count();
            assertThat(notTooOld).as(world::story).isLessThanOrEqualTo(1);
            if (settings.newTicketAfterDays().isEmpty()) {
                assertThat(world.tickets().stream().filter(ticket -> ticket.phase() == Phase.OPEN))
                        .as(world::story)
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Property(tries = 1000)
    void a_scan_repeated_changes_nothing(
            @ForAll("settings") PolicySettings settings, @ForAll("histories") List<Step> history) {
        ModelWorld world = new ModelWorld(settings);
        for (Step step : history) {
            world.take(step);
            if (step.kind() == Step.Kind.SCAN) {
                int written = world.writes();
                world.take(step);
                assertThat(world.writes()).as(world::story).isEqualTo(written);
            }
        }
    }

    /** Apart from a comment on a ticket that is resolved: the filter keeps that from being asked for again. */
    @Property(tries = 1000)
    void a_group_decided_again_needs_nothing(
            @ForAll("settings") PolicySettings settings, @ForAll("histories") List<Step> history) {
        ModelWorld world = new ModelWorld(settings);
        for (Step step : history) {
            world.take(step);
            boolean commented = settings.onRecurrence() == OnRecurrence.COMMENT
                    && world.latest()
                            .filter(ticket -> ticket.phase() == Phase.RESOLVED)
                            .isPresent();
            if (step.kind() == Step.Kind.SCAN && !commented) {
                assertThat(world.decide().action()).as(world::story).isEqualTo(Action.NOTHING);
            }
        }
    }

    @Property(tries = 1000)
    void a_failure_is_never_left_without_a_ticket(
            @ForAll("settings") PolicySettings settings, @ForAll("histories") List<Step> history) {
        ModelWorld world = new ModelWorld(settings);
        for (Step step : history) {
            world.take(step);
            if (step.kind() == Step.Kind.SCAN && step.failing() != 0) {
                Ticket latest = world.latest().orElseThrow();
                boolean commented = settings.onRecurrence() == OnRecurrence.COMMENT
                        && latest.phase() == Phase.RESOLVED
                        && !world.isTooOld(latest);
                assertThat(latest.phase().isOver() && latest.reached() && !commented)
                        .as(world::story)
                        .isFalse();
            }
        }
    }

    /** The group is released, or blocked by a ticket; a comment is an answer only as long as its ticket is not closed for good. */
    @Property(tries = 1000)
    void what_fails_without_a_ticket_that_blocks_is_brought_by_the_next_scan(
            @ForAll("settings") PolicySettings settings, @ForAll("histories") List<Step> history) {
        ModelWorld world = new ModelWorld(settings);
        for (Step step : history) {
            world.take(step);
            assertThat(world.forgets()).as(world::story).isFalse();
        }
    }

    @Property(tries = 2000)
    void the_same_arguments_bring_the_same_decision(@ForAll("situations") Situation situation) {
        Situation again = new Situation(
                Situation.group(
                        situation.group().failing(),
                        situation.group().suppressed(),
                        situation.group().joined(),
                        situation.group().fixed(),
                        situation.group().headChanged(),
                        situation.group().silenced()),
                situation.ticket(),
                situation.settings(),
                situation.left());

        assertThat(again.decide()).isEqualTo(situation.decide());
    }

    @Property(tries = 2000)
    void nothing_is_opened_for_a_group_without_failures(@ForAll("situations") Situation situation) {
        if (situation.group().failing() == 0) {
            assertThat(situation.decide().action()).isNotIn(Action.OPEN, Action.REOPEN);
        }
    }

    @Property(tries = 2000)
    void nothing_is_resolved_while_a_finding_fails_or_is_suppressed(@ForAll("situations") Situation situation) {
        if (situation.group().failing() + situation.group().suppressed() > 0) {
            assertThat(situation.decide().action()).isNotEqualTo(Action.RESOLVE);
        }
    }

    @Property(tries = 2000)
    void a_ticket_that_blocks_never_yields_another(@ForAll("situations") Situation situation) {
        situation
                .ticket()
                .filter(ticket -> blocks(ticket, situation.settings()))
                .ifPresent(ticket -> {
                    Decision decision = situation.decide();
                    assertThat(decision.action()).isNotIn(Action.OPEN, Action.REOPEN);
                    assertThat(decision.generation()).isEqualTo(ticket.generation());
                });
    }

    @Property(tries = 2000)
    void an_accepted_risk_is_the_last_word_whatever_the_settings_say(
            @ForAll("situations") Situation situation, @ForAll boolean hasEnd) {
        boolean isOver = situation
                .ticket()
                .filter(ticket -> ticket.phase() == Phase.RESOLVED || ticket.phase() == Phase.CLOSED)
                .isPresent();
        if (isOver && !situation.group().silenced()) {
            Decision decision = situation
                    .accepted(hasEnd ? Situation.NOW.plusSeconds(1) : null)
                    .decide();

            assertThat(decision.action()).isEqualTo(Action.NOTHING);
            assertThat(decision.reason()).contains("was closed as an accepted risk");
        }
    }

    @Property(tries = 2000)
    void every_decision_has_a_reason_that_a_person_can_read(@ForAll("situations") Situation situation) {
        assertThat(situation.decide().reason()).isNotBlank().doesNotContain("null", "Optional", "{", "[");
    }

    @Property(tries = 2000)
    void a_breaker_without_allowance_lets_nothing_through(@ForAll("situations") Situation situation) {
        Decision decision = new Situation(
                        situation.group(), situation.ticket(), situation.settings(), new Allowance(0, 0))
                .decide();
        Decision unlimited = new Situation(
                        situation.group(), situation.ticket(), situation.settings(), Allowance.UNLIMITED)
                .decide();

        assertThat(decision.action()).isNotIn(Action.OPEN, Action.RESOLVE);
        assertThat(unlimited.action()).isNotEqualTo(Action.HOLD);
        if (decision.action() == Action.HOLD) {
            assertThat(unlimited.action()).isIn(Action.OPEN, Action.RESOLVE);
            assertThat(decision.generation()).isEqualTo(unlimited.generation());
        } else {
            assertThat(decision).isEqualTo(unlimited);
        }
    }

    private static boolean blocks(Ticket ticket, PolicySettings settings) {
        boolean tooOld = ticket.openedAt() != null
                && settings.newTicketAfterDays().isPresent()
                && Duration.between(ticket.openedAt(), Situation.NOW).toDays()
                        >= settings.newTicketAfterDays().getAsInt();
        return (ticket.phase() == Phase.OPEN || ticket.phase() == Phase.RESOLVED) && !ticket.reached() && !tooOld;
    }

    @Provide
    Arbitrary<PolicySettings> settings() {
        return Combinators.combine(
                        Arbitraries.of("resolved", "closed"),
                        Arbitraries.integers().between(1, 40).optional(0.5),
                        Arbitraries.of(OnRecurrence.class),
                        Arbitraries.of(true, false))
                .as((status, days, recurrence, resolve) -> new PolicySettings(
                        status, days.map(OptionalInt::of).orElse(OptionalInt.empty()), recurrence, resolve, false));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> scan = Arbitraries.integers().between(0, 7).map(Step::scan);
        Arbitrary<Step> days = Arbitraries.integers().between(1, 50).map(Step::days);
        Arbitrary<Step> people = Arbitraries.of(Step.Kind.RESOLVE, Step.Kind.CLOSE, Step.Kind.DELETE)
                .map(Step::person);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, scan),
                        net.jqwik.api.Tuple.of(2, days),
                        net.jqwik.api.Tuple.of(2, people))
                .list()
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<Situation> situations() {
        Arbitrary<Optional<Ticket>> ticket = Combinators.combine(
                        Arbitraries.of(Phase.class),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(1, 5))
                .as((phase, reached, days, generation) -> Situation.ticket(
                        generation,
                        phase == Phase.INTENDED ? null : "INC7",
                        phase,
                        phase != Phase.INTENDED && (reached || phase == Phase.CLOSED || phase == Phase.DELETED),
                        phase == Phase.INTENDED ? null : Situation.NOW.minus(Duration.ofDays(days))))
                .optional(0.9);
        Arbitrary<Long> few = Arbitraries.longs().between(0, 3);
        return Combinators.combine(
                        few,
                        few,
                        few,
                        few,
                        Arbitraries.of(true, false),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(9, Arbitraries.just(false)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(true))),
                        ticket,
                        settings())
                .as((failing, suppressed, joined, fixed, text, silenced, latest, settings) -> new Situation(
                        Situation.group(failing, suppressed, joined, fixed, text, silenced),
                        latest,
                        settings,
                        Allowance.UNLIMITED));
    }
}
