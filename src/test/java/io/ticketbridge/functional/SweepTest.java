package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.ServiceNowPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What slips through, because a request was carried out long after it was given up, is found, merged and counted (P15). */
class SweepTest {
    private static final RequestMatcher OPENING = RequestMatcher.on("POST", "/table/incident$");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void of_two_records_of_one_ticket_the_one_that_the_ledger_knows_stays_open(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.engine();
            CompletableFuture<Void> late = new CompletableFuture<>();
            bridge.serviceNow().faults().next(1, OPENING, Fault.commitAfterClose(late));
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .fails("logging", "disk-1")
                    .write(folder));
            assertThat(bridge.tickets()).hasSize(2);
            late.complete(null);
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().size() == 3);
            List<String> known = bridge.engine()
                    .database()
                    .client()
                    .sql("select sys_id from ticket")
                    .query(String.class)
                    .list();

            bridge.call("sweep");

            Map<String, String> second = bridge.tickets().stream()
                    .filter(ticket -> !known.contains(ticket.get("sys_id")))
                    .findFirst()
                    .orElseThrow();
            Map<String, String> kept = bridge.tickets().stream()
                    .filter(ticket -> known.contains(ticket.get("sys_id"))
                            && ticket.get("short_description").equals(second.get("short_description")))
                    .findFirst()
                    .orElseThrow();
            assertThat(second).containsEntry("state", "6").containsEntry("parent", kept.get("sys_id"));
            assertThat(kept).containsEntry("state", "1");
            assertThat(bridge.notes(second)).singleElement().asString().contains("Duplicate of " + kept.get("number"));
            assertThat(bridge.notes(kept)).isEmpty();
            assertThat(bridge.count("select count(*) from stray_record where state = 'merged'"))
                    .isEqualTo(1);

            ServiceNowPage.assertTellsOf(bridge);
            bridge.listen().call("sweep");

            assertThat(bridge.writes()).isZero();
            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("logging", "disk-1")
                    .write(folder));
            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("1"))
                    .hasSize(1);
        }
    }

    @Test
    void a_record_of_ours_that_the_ledger_lost_is_only_reported() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            bridge.withLedgerLost(Ledger.H2).listen();

            bridge.call("sweep");
            bridge.call("sweep");

            assertThat(bridge.writes()).isZero();
            assertThat(bridge.ticket()).containsEntry("state", "1");
            CommandRun status = CommandRun.of(
                    "status", "--output", "json", "--config", bridge.config().toString());
            assertThat(status.json().at("/strayRecords/unknown").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_ticket_that_was_taken_for_deleted_goes_on_however_long_ago_that_was() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            bridge.engine()
                    .database()
                    .client()
                    .sql(
                            "update ticket set phase = 'DELETED', reached = true, seen_at = timestamp '2020-01-01 00:00:00'")
                    .update();

            bridge.call("sweep");

            assertThat(bridge.count("select count(*) from stray_record")).isZero();
            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));
            assertThat(bridge.ticket().get("description")).contains("disk-2");
            bridge.importFile(Scan.of().passes("encryption", "disk-1", "disk-2").write(folder));
            assertThat(bridge.ticket()).containsEntry("state", "6");
        }
    }

    @Test
    void a_copy_that_a_person_made_of_a_ticket_is_reported_and_left_alone() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            Map<String, String> ticket = bridge.ticket();
            String copy = bridge.serviceNow()
                    .create(
                            "incident",
                            Map.of(
                                    "short_description", ticket.get("short_description"),
                                    "correlation_id", ticket.get("correlation_id"),
                                    "correlation_display", ticket.get("correlation_display")),
                            "beth.anglin");

            bridge.call("sweep");
            bridge.later(Duration.ofDays(1)).call("sweep");

            assertThat(bridge.serviceNow().record("incident", copy).orElseThrow())
                    .containsEntry("state", "1")
                    .containsEntry("correlation_id", ticket.get("correlation_id"));
            assertThat(bridge.count(
                            "select count(*) from stray_record where state = 'unknown' and sys_id = '" + copy + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_duplicate_whose_closing_is_refused_is_tried_again_and_keeps_no_other() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .fails("logging", "disk-1")
                    .write(folder));
            bridge.tickets().forEach(ticket -> bridge.serviceNow()
                    .create(
                            "incident",
                            Map.of(
                                    "short_description", ticket.get("short_description"),
                                    "correlation_id", ticket.get("correlation_id"),
                                    "correlation_display", ticket.get("correlation_display")),
                            "sandbox.integration"));
            bridge.serviceNow().faults().next(1, RequestMatcher.writes(), Fault.status(403));

            bridge.call("sweep");

            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("1"))
                    .hasSize(3);
            bridge.later(Duration.ofDays(1)).call("sweep");
            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("1"))
                    .hasSize(2);
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("correlation_id"))
                    .doesNotHaveDuplicates();
        }
    }
}
