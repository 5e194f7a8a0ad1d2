package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.DeadLetters.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

        World(FreshDatabase database) {
            ledger = new LedgerWorld(database.open(), Flow.groupedBy("check"));
            scans = new Scans(
                    ledger.runs,
                    ledger.pages,
                    ledger.seen,
                    flow -> true,
                    new Watermarks(ledger.database, ledger.clock),
                    ledger.deadLetters,
                    RunListener.NONE,
                    text -> text,
                    null);
        }

        void scanThatKills(SourceRecord... records) {
            ledger.clock.advance(Duration.ofHours(1));
            Run run = ledger.runs.begin(Flow.NAME, "scan");
            ledger.pages.open(run, List.of(records));
            for (SourceRecord record : records) {
                Exchange exchange = LedgerWorld.exchange(record);
                exchange.setProperty("run", run);
                exchange.setProperty(
                        Exchange.EXCEPTION_CAUGHT,
                        record instanceof Unreadable ? new UnreadableRecord("No") : new IllegalStateException("No"));
                scans.bury(exchange);
            }
            ledger.pages.close();
            ledger.endScan(run);
        }

        List<DeadLetter> letters() {
            return ledger.deadLetters.open(100);
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
}
