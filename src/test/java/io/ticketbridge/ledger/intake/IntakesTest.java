package io.ticketbridge.ledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.intake.Intakes.Sent;
import io.ticketbridge.ledger.intake.Intakes.Taken;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import java.io.ByteArrayInputStream;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same bytes in a row are one sender's retry; behind others they say that things are again as they were. */
class IntakesTest {
    private static Taken send(LedgerWorld world, String body) {
        return new Intakes(world.database, world.clock)
                .keep(
                        new Sent(Flow.NAME, body, false, false, body.length(), false),
                        () -> new ByteArrayInputStream(body.getBytes()));
    }

    private static void is(LedgerWorld world, UUID id, String state) {
        world.database.jdbc().update("update intake set state = ? where id = ?", state, id);
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void a_retry_is_known_whatever_became_of_the_first_try(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            UUID first = send(world, "fails").id();
            for (String state : new String[] {"waiting", "reading", "read"}) {
                is(world, first, state);

                assertThat(send(world, "fails")).as(state).isEqualTo(new Taken(first, true));
            }
            is(world, first, "failed");
            assertThat(send(world, "fails")).as("another try").isEqualTo(new Taken(first, false));
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void the_same_bytes_behind_others_are_news(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            for (String state : new String[] {"waiting", "reading", "read", "failed"}) {
                String fails = "fails " + state;
                is(world, send(world, fails).id(), state);
                assertThat(send(world, "passes " + state).repeated()).isFalse();

                Taken again = send(world, fails);

                assertThat(again.repeated()).as(state).isFalse();
                assertThat(send(world, fails)).as("a retry of that").isEqualTo(new Taken(again.id(), true));
            }
            assertThat(world.count("intake")).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void what_could_not_be_read_is_between_no_two(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            UUID first = send(world, "fails").id();
            is(world, first, "read");
            is(world, send(world, "broken").id(), "failed");

            assertThat(send(world, "fails")).isEqualTo(new Taken(first, true));
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void only_the_last_file_of_a_flow_is_known_by_its_content(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            FilesRead files = new FilesRead(world.database, world.clock);
            Run run = world.runs.begin(Flow.NAME, "scan");
            files.add(run, "1.json", "fails", 5);
            files.add(run, "2.json", "fails", 5);
            assertThat(files.nameOf(Flow.NAME, "fails")).contains("1.json");

            files.add(run, "3.json", "passes", 6);

            assertThat(files.nameOf(Flow.NAME, "fails")).isEmpty();
            assertThat(files.hasSize(Flow.NAME, 5)).isFalse();
            files.add(run, "4.json", "fails", 5);
            assertThat(files.nameOf(Flow.NAME, "fails")).contains("4.json");
            assertThat(files.nameOf(Flow.NAME, "passes")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void the_same_bytes_are_read_once_more_where_a_ticket_is_done_and_what_it_was_for_fails(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            FilesRead files = new FilesRead(world.database, world.clock);
            Finding finding = Findings.fail("encryption", "disk-1");
            world.scan(finding);
            world.deliver(finding, Action.OPEN);
            UUID first = send(world, "fails").id();
            is(world, first, "read");
            assertThat(send(world, "fails")).as("its ticket is open").isEqualTo(new Taken(first, true));

            world.people(finding, "6", Phase.RESOLVED);

            assertThat(files.isAwaited(Flow.NAME)).isTrue();
            assertThat(files.isAwaited("another")).isFalse();
            Taken again = send(world, "fails");
            assertThat(again.repeated()).isFalse();
            assertThat(send(world, "fails")).as("a retry of that").isEqualTo(new Taken(again.id(), true));

            is(world, again.id(), "read");
            world.scan(finding);
            assertThat(send(world, "fails")).as("it was read").isEqualTo(new Taken(again.id(), true));
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void nobody_waits_for_what_is_fixed(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            Finding finding = Findings.fail("encryption", "disk-1");
            world.scan(finding);
            world.deliver(finding, Action.OPEN);
            world.people(finding, "6", Phase.RESOLVED);
            world.scan(Findings.pass("encryption", "disk-1"));

            assertThat(new FilesRead(world.database, world.clock).isAwaited(Flow.NAME))
                    .isFalse();
        }
    }
}
