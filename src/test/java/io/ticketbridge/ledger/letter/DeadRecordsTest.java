package io.ticketbridge.ledger.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.pass.BadRecords;
import io.ticketbridge.ledger.pass.PassFailures;
import io.ticketbridge.ledger.pass.Scans;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that could not be used: each is one dead letter, however often it is read (P4). */
class DeadRecordsTest {
    private static final String BROKEN =
            """
            {"class_uid": 2003, "time": %d, "time_dt": "%s", "finding_info": {"uid": "prowler-%s"}}""";

    /** A ledger, and the routes' side of a scan of which all records die. */
    private static final class World implements AutoCloseable {
        private final LedgerWorld ledger;
        private final Scans scans;
        private final BadRecords bad;
        private final DeadRecords records = new DeadRecords(flow -> Optional.of(World::reread));

        World(FreshDatabase database) {
            ledger = new LedgerWorld(database.open(), Flow.groupedBy("check"));
            scans = new Scans(
                    ledger.runs,
                    new Watermarks(ledger.database, ledger.clock),
                    ledger.deadLetters,
                    records,
                    RunListener.NONE,
                    new PassFailures(ledger.runs, ledger.pages, RunListener.NONE, text -> text, Trail.OF_RUNS),
                    Trail.OF_RUNS,
                    null);
            bad = new BadRecords(ledger.pages, ledger.deadLetters, RunListener.NONE, text -> text, Trail.OF_RUNS);
        }

        void scanThatKills(SourceRecord... records) {
            scanOf(exchange -> {}, records);
        }

        /** A step of a route asks another system, and its answer is the body by the time that something fails. */
        void scanWhoseBodyIsReplaced(Finding... findings) {
            scanOf(
                    exchange -> {
                        bad.requireReadable(exchange);
                        exchange.getMessage().setBody("ok");
                    },
                    findings);
        }

        private void scanOf(Consumer<Exchange> steps, SourceRecord... records) {
            ledger.clock.advance(Duration.ofHours(1));
            Run run = ledger.runs.begin(Flow.NAME, "scan");
            ledger.pages.open(run, List.of(records));
            for (SourceRecord record : records) {
                Exchange exchange = LedgerWorld.exchange(record);
                exchange.setProperty("run", run);
                steps.accept(exchange);
                exchange.setProperty(
                        Exchange.EXCEPTION_CAUGHT,
                        record instanceof Unreadable ? new UnreadableRecord("No") : new IllegalStateException("No"));
                bad.bury(exchange);
            }
            ledger.pages.close();
            end(run);
        }

        void scan(Finding... findings) {
            ledger.clock.advance(Duration.ofHours(1));
            Run run = ledger.runs.begin(Flow.NAME, "scan");
            ledger.page(run, findings);
            end(run);
        }

        private void end(Run run) {
            if (ledger.complete) {
                run.complete();
            }
            Exchange exchange = LedgerWorld.exchange("");
            exchange.setProperty("run", run);
            scans.end(exchange);
            ledger.runs.endPass(Flow.NAME);
        }

        /** What a mended reader makes of a raw text. */
        private static List<SourceRecord> reread(String raw) {
            return List.of(
                    raw.contains("mended")
                            ? Findings.fail("logging", raw.replaceAll(".*mended-([a-z0-9-]+).*", "$1"))
                            : new Unreadable(raw, "No result"));
        }

        List<DeadLetter> letters() {
            return ledger.deadLetters.open().of(100);
        }

        @Override
        public void close() {
            ledger.close();
        }
    }

    private static Unreadable broken(String id, Instant time) {
        return new Unreadable(BROKEN.formatted(time.getEpochSecond(), time, id), "No result");
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void what_cannot_be_read_at_each_scan_is_one_letter_whatever_the_time_in_it(FreshDatabase database) {
        try (World world = new World(database)) {
            Instant time = Instant.parse("2026-11-01T00:00:00Z");
            for (int scan = 0; scan < 4; scan++) {
                time = time.plus(Duration.ofHours(1));
                world.scanThatKills(broken("one", time), broken("two", time), broken("two", time));
            }

            Instant last = time;
            assertThat(world.letters()).hasSize(2).allSatisfy(letter -> assertThat(letter.raw())
                    .contains(last.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void a_finding_that_dies_at_each_scan_is_one_letter_with_what_was_said_last(FreshDatabase database) {
        try (World world = new World(database)) {
            Finding fails = Findings.fail("logging", "disk-1");
            Finding passes = Findings.pass("logging", "disk-1");
            world.scanThatKills(fails, Findings.fail("logging", "disk-2"));
            world.scanThatKills(fails, passes);

            assertThat(world.letters())
                    .extracting(letter -> letter.raw().contains("FAIL") ? "fails" : "passes")
                    .as("disk-2 of the first scan, and both that the second says of disk-1")
                    .containsExactly("fails", "fails", "passes");
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void what_a_later_scan_has_read_is_not_replayed_and_the_rest_is(FreshDatabase database) {
        try (World world = new World(database)) {
            world.scanThatKills(
                    Findings.fail("logging", "disk-1"),
                    Findings.pass("logging", "disk-2"),
                    Findings.fail("logging", "disk-3"),
                    Findings.fail("logging", "disk-4"),
                    broken("mended-disk-1", Instant.EPOCH),
                    broken("mended-disk-3", Instant.EPOCH),
                    broken("four", Instant.EPOCH));

            world.scan(
                    Findings.pass("logging", "disk-1"),
                    Findings.fail("logging", "disk-2"),
                    Findings.inconclusive("logging", "disk-4"));

            assertThat(world.letters())
                    .extracting(letter -> letter.raw().replaceAll("(?s).*(disk-\\d|four).*", "$1"))
                    .containsExactlyInAnyOrder("disk-3", "disk-4", "disk-3", "four");
            assertThat(world.ledger.count(
                            "dead_letter where replayed_at is not null and error like 'A later scan has it.%'"))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void what_a_whole_later_scan_does_not_name_is_gone_where_it_looked(FreshDatabase database) {
        try (World world = new World(database)) {
            world.scanThatKills(Findings.fail("logging", "disk-1"), Findings.fail("encryption", "disk-1"));
            world.ledger.complete = true;

            world.scan(Findings.pass("logging", "disk-2"));

            assertThat(world.letters()).singleElement().satisfies(letter -> assertThat(letter.raw())
                    .contains("encryption"));
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void of_what_died_in_two_scans_the_last_word_is_replayed(FreshDatabase database) {
        try (World world = new World(database)) {
            world.scanThatKills(broken("mended-disk-1", Instant.EPOCH), Findings.fail("logging", "disk-2"));
            world.scanThatKills(Findings.pass("logging", "disk-1"));

            assertThat(world.letters()).hasSize(3);
            assertThat(world.records.read(world.letters()))
                    .containsExactly(Findings.fail("logging", "disk-2"), Findings.pass("logging", "disk-1"));
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void a_finding_whose_place_a_step_gave_to_something_else_is_replayed_as_it_was_read(FreshDatabase database) {
        try (World world = new World(database)) {
            Finding[] findings = {Findings.fail("logging", "disk-1"), Findings.fail("logging", "disk-2")};

            world.scanWhoseBodyIsReplaced(findings);

            assertThat(world.records.read(world.letters())).containsExactlyInAnyOrder(findings);
        }
    }
}
