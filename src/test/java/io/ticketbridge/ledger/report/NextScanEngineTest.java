package io.ticketbridge.ledger.report;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.report.NextScan.Outcome;
import io.ticketbridge.ledger.report.Subjects.Subject;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code explain} says of the next scan is what the filter, the policy and the looks of a pass then do, whatever happened before. */
class NextScanEngineTest {
    private static final int HISTORIES = 120;
    private static final Backlog IDLE = new Backlog(0, OptionalInt.empty(), 0, 0, Duration.ZERO, null);

    private final Set<Outcome> met = EnumSet.noneOf(Outcome.class);

    @ParameterizedTest
    @CsvSource({
        "new-ticket, resolved, 0",
        "new-ticket, closed, 30",
        "new-ticket, resolved, 30",
        "reopen, resolved, 30",
        "reopen, closed, 0",
        "comment, resolved, 30",
        "comment, resolved, 0"
    })
    void p8_what_is_said_comes_true(String recurrence, String status, int days) {
        Map<String, String> keys = new HashMap<>(
                Map.of("group-by", "check", "on-recurrence", recurrence, "new-ticket-when-status", status));
        if (days > 0) {
            keys.put("new-ticket-after-days", String.valueOf(days));
        }
        Settings settings = Flow.settings(keys);
        try (LedgerWorld world =
                new LedgerWorld(FreshDatabase.H2.open(), settings.flows().get(Flow.NAME))) {
            Random random = new Random(recurrence.hashCode() + days);
            for (int i = 0; i < HISTORIES; i++) {
                new History(world, settings, "check-" + i, status, random).live();
            }
        }
        assertThat(met).contains(Outcome.NOTHING, Outcome.OPENS, Outcome.JOINS);
    }

    private final class History {
        private final LedgerWorld world;
        private final Settings settings;
        private final Finding failing;
        private final Finding passing;
        private final String status;
        private final Random random;
        private final List<String> story = new ArrayList<>();

        History(LedgerWorld world, Settings settings, String check, String status, Random random) {
            this.world = world;
            this.settings = settings;
            this.failing = fail(check, "one");
            this.passing = pass(check, "one");
            this.status = status;
            this.random = random;
        }

        void live() {
            world.scan(failing);
            story.add("fails");
            for (int step = 0; step < 7; step++) {
                take(random.nextInt(9));
                compare();
            }
        }

        private void take(int what) {
            switch (what) {
                case 0 -> say("waits", () -> {});
                case 1 -> say("passes", () -> scan(passing));
                case 2 -> say("dies", this::die);
                case 3 -> say("resolved", () -> people("6", Phase.RESOLVED));
                case 4 -> say("closed", () -> people("7", Phase.CLOSED));
                case 5 -> say("deleted", () -> people("", Phase.DELETED));
                case 6 -> say("opened again", () -> people("2", Phase.OPEN));
                case 7 ->
                    say("passes and is resolved", () -> {
                        scan(passing);
                        world.work(world.groupOf(failing));
                    });
                default -> say("20 days", () -> world.clock.advance(Duration.ofDays(20)));
            }
        }

        private void say(String what, Runnable step) {
            story.add(what);
            step.run();
        }

        /** What a person did is seen by a pass, which looks at what is too old, too. */
        private void people(String state, Phase phase) {
            world.tickets
                    .latest(world.groupOf(failing))
                    .filter(ticket ->
                            ticket.sysId() != null && ticket.phase() != Phase.CLOSED && ticket.phase() != Phase.DELETED)
                    .ifPresent(ticket -> seen(ticket, state, phase));
        }

        private void seen(Ticket ticket, String state, Phase phase) {
            boolean reached = phase.isOver() && (phase != Phase.RESOLVED || status.equals("resolved"));
            if (ticket.reached()
                    && phase == Phase.OPEN
                    && world.flow.onRecurrence().toString().equals("reopen")) {
                world.openTickets.blocksAgain(ticket);
            }
            world.openTickets.seen(
                    ticket, new Seen(ticket.sysId(), ticket.number(), state, phase, ticket.openedAt()), reached);
        }

        /** What is owed is refused for good. */
        private void die() {
            world.groups.claim(world.groupOf(failing)).ifPresent(claimed -> {
                if (claimed.latest().isEmpty()) {
                    world.intend(claimed, new Decision(Action.OPEN, 1, "to be refused"));
                }
                world.groups.bury(claimed);
            });
        }

        private void scan(Finding finding) {
            world.openTickets.of(Flow.NAME).stream()
                    .filter(ticket -> ticket.groupId().equals(world.groupOf(failing)))
                    .forEach(ticket -> seen(ticket, ticket.state(), ticket.phase()));
            world.look();
            world.scan(finding);
        }

        private void compare() {
            String said = new StoryFacts(world.database, settings, world.clock.instant(), () -> IDLE)
                    .of(new Subject(world.groupOf(failing), null))
                    .get("next scan");
            boolean wasOwed = world.count("finding_group where id = ? and pending", world.groupOf(failing)) > 0;
            List<Object> before = tickets();
            scan(failing);
            if (wasOwed) {
                return;
            }
            boolean isAsked = world.count("finding_group where id = ? and pending", world.groupOf(failing)) > 0;
            long writes = writes();
            world.work(world.groupOf(failing));
            Outcome outcome = outcome(said);
            met.add(outcome);
            String told = story + ": " + said;
            switch (outcome) {
                case NOTHING -> {
                    assertThat(tickets()).as(told).isEqualTo(before);
                    assertThat(writes()).as(told).isEqualTo(writes);
                }
                case OPENS -> {
                    assertThat(isAsked).as(told).isTrue();
                    assertThat(tickets().size() > before.size()
                                    || tickets().contains("1 OPEN") && !before.contains("1 OPEN"))
                            .as("%s %s %s", told, before, tickets())
                            .isTrue();
                }
                case REOPENS -> {
                    assertThat(tickets()).as(told).hasSameSizeAs(before).isNotEqualTo(before);
                }
                case COMMENTS, JOINS -> {
                    assertThat(writes()).as(told).isGreaterThanOrEqualTo(writes);
                    assertThat(isAsked).as(told).isTrue();
                }
                default -> throw new AssertionError(told);
            }
        }

        private Outcome outcome(String said) {
            if (said.contains(" opens nothing: ")) {
                return Outcome.NOTHING;
            }
            if (said.contains(" opens its ticket: ") || said.contains(" opens another ticket: ")) {
                return Outcome.OPENS;
            }
            return said.contains(" reopens ")
                    ? Outcome.REOPENS
                    : said.contains(" comments on ") ? Outcome.COMMENTS : Outcome.JOINS;
        }

        private long writes() {
            return world.count("action where group_id = ?", world.groupOf(failing));
        }

        /** Generation and phase of each. */
        private List<Object> tickets() {
            return world.database
                    .client()
                    .sql(
                            "select concat(generation, ' ', phase) from ticket where group_id = :group order by generation")
                    .param("group", world.groupOf(failing))
                    .query()
                    .singleColumn();
        }
    }
}
