package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.scans.Observation;
import io.ticketbridge.sandbox.scans.ScanFormat;
import io.ticketbridge.sandbox.scans.ScanVariant;
import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scan does not name any more is gone where the scan proves that it looked, and nowhere else (P11). */
class AbsenceTest {
    @TempDir
    private Path folder;

    private static long absent(Pass pass) {
        return pass.accounts().stream().mapToLong(Account::absent).sum();
    }

    private static String[] disks(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "disk-" + number).toArray(String[]::new);
    }

    private static void allOpen(Bridge bridge) {
        assertThat(bridge.tickets()).isNotEmpty().allMatch(ticket -> ticket.get("state")
                .equals("1"));
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_fix_that_replaces_the_resource_resolves_its_ticket(Ledger ledger) throws IOException {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.group-by", "resource")) {
            SimulatedCloud cloud = new SimulatedCloud(7, 1, 120, bridge.clock());
            bridge.importFile(cloud.writeScan(folder).get(0));
            Observation failure = cloud.failing().stream()
                    .filter(seen -> cloud.failing().stream()
                                    .filter(each -> each.resourceUid().equals(seen.resourceUid()))
                                    .count()
                            == 1)
                    .findFirst()
                    .orElseThrow();
            cloud.replaceResource(failure.check(), failure.resourceUid());

            Pass pass = bridge.importFile(cloud.writeScan(folder).get(0));

            assertThat(absent(pass)).isEqualTo(1);
            assertThat(pass.findings()).doesNotContainKeys("resolved", "opened", "updated");
            assertThat(pass.tickets()).containsEntry("resolved", 1L);
            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("6"))
                    .singleElement()
                    .satisfies(ticket ->
                            assertThat(bridge.notes(ticket).toString()).contains("Fixed:", failure.resourceName()));
        }
    }

    @Test
    void an_scc_resource_that_is_replaced_ends_its_failure() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL).withScc(20).with("flow.scc.group-by", "resource")) {
            bridge.pollScc();
            SccEvaluation failure = bridge.scc().failing().stream()
                    .filter(seen -> bridge.scc().failing().stream()
                                    .filter(each -> each.targetId().equals(seen.targetId()))
                                    .count()
                            == 1)
                    .findFirst()
                    .orElseThrow();
            bridge.scc().replaceResource(failure.assessmentId(), failure.targetId());
            bridge.scc().nextScan();

            Pass pass = bridge.pollScc();

            assertThat(absent(pass)).isEqualTo(1);
            assertThat(pass.tickets()).containsEntry("resolved", 1L).doesNotContainKeys("opened", "updated");
        }
    }

    @Test
    void of_a_hundred_failures_that_vanish_at_once_one_note_tells_and_those_that_come_back_join() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)) {
            bridge.importFile(Scan.of().fails("encryption", disks(0, 130)).write(folder));
            int before = bridge.notes(bridge.ticket()).size();

            Pass vanished = bridge.importFile(
                    Scan.of().fails("encryption", disks(0, 20)).write(folder));

            assertThat(absent(vanished)).isEqualTo(110);
            assertThat(vanished.findings()).isEqualTo(Map.of("unchanged", 20L));
            assertThat(bridge.notes(bridge.ticket())).hasSize(before + 1);
            assertThat(bridge.notes(bridge.ticket()).get(before)).contains("110 fixed", "20 fail now");

            Pass back = bridge.importFile(
                    Scan.of().fails("encryption", disks(0, 130)).write(folder));

            assertThat(back.findings()).isEqualTo(Map.of("updated", 110L, "unchanged", 20L));
            assertThat(bridge.notes(bridge.ticket()).get(before + 1)).contains("110 joined, 0 fixed");

            bridge.importFile(Scan.of().passes("encryption", "disk-500").write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "6");
        }
    }

    @Test
    void what_passes_again_and_fails_again_is_a_matter_of_the_same_ticket_while_that_is_open() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));
            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("encryption", "disk-2")
                    .write(folder));
            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "1");
            assertThat(bridge.ticket().get("description")).contains("disk-1", "disk-2");
        }
    }

    @ParameterizedTest
    @CsvSource({"UNTERMINATED", "CUT_WITHIN_A_RECORD", "EMPTY", "MISSING_REGION"})
    void a_scan_with_something_missing_closes_nothing(ScanVariant variant) throws IOException {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.group-by", "resource")) {
            SimulatedCloud cloud = new SimulatedCloud(7, 1, 60, bridge.clock());
            String account = cloud.accounts().get(0);
            bridge.importFile(cloud.writeScan(folder).get(0));
            bridge.listen();

            Pass pass = bridge.importFile(cloud.writeScan(folder, account, ScanFormat.OCSF, variant));

            assertThat(absent(pass)).isZero();
            assertThat(bridge.writes()).isZero();
            allOpen(bridge);
        }
    }

    @Test
    void a_scan_that_hides_an_unreadable_record_closes_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));

            Pass pass = bridge.importFile(Scan.of()
                    .passes("encryption", "disk-2")
                    .raw("{\"class_uid\":2004,\"status_code\":\"FAIL\"}")
                    .write(folder));

            assertThat(absent(pass)).isZero();
            assertThat(bridge.deadLetters()).hasSize(1);
            allOpen(bridge);
        }
    }

    @Test
    void a_finding_that_dies_behind_the_filter_hides_only_itself() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("own"));
        Files.writeString(
                routes.resolve("45-split-groups.camel.yaml"),
                Files.readString(Path.of("routes/45-split-groups.camel.yaml"))
                        .replace(
                                "      steps:\n        - split:",
                                """
                                      steps:
                                        - filter:
                                            id: is-odd
                                            expression:
                                              simple:
                                                expression: "${body.result} == 'PASS' && ${body.resource.uid} == 'disk-odd'"
                                            steps:
                                              - throwException:
                                                  id: fail-on-odd
                                                  exceptionType: java.lang.IllegalStateException
                                                  message: An odd one
                                        - split:"""
                                        .indent(6)
                                        .stripTrailing()));
        try (Bridge bridge = Bridge.in(folder).withRoutes(routes).with("flow.compliance.group-by", "resource")) {
            bridge.importFile(
                    Scan.of().fails("encryption", "disk-1", "disk-odd").write(folder));

            Pass pass = bridge.importFile(
                    Scan.of().passes("encryption", "disk-2", "disk-odd").write(folder));

            assertThat(pass.findings()).containsEntry("dead", 1L);
            assertThat(absent(pass)).as("disk-1 is gone").isEqualTo(1);
            assertThat(bridge.tickets())
                    .as("of disk-odd nobody knows")
                    .extracting(ticket -> ticket.get("state"))
                    .containsExactlyInAnyOrder("6", "1");
        }
    }

    @Test
    void a_scan_of_which_the_flow_filters_something_closes_nothing() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.filter", "${body.resource.uid} != 'disk-3'")) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));

            Pass pass = bridge.importFile(
                    Scan.of().passes("encryption", "disk-2", "disk-3").write(folder));

            assertThat(pass.findings()).containsEntry("filtered", 1L);
            assertThat(absent(pass)).isZero();
            allOpen(bridge);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_scan_proves_nothing_about_checks_and_accounts_that_it_does_not_name_or_could_not_tell(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .fails("contact", "owner")
                    .in("444455556666")
                    .fails("logging", "disk-1")
                    .write(folder));
            bridge.listen();

            Pass pass = bridge.importFile(Scan.of()
                    .passes("logging", "disk-9")
                    .manual("contact", "placeholder")
                    .passes("backup", "disk-1")
                    .write(folder));

            assertThat(absent(pass)).isZero();
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void what_a_later_file_of_one_import_shows_to_be_gone_or_passed_gets_no_ticket() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL).with("flow.compliance.group-by", "resource")) {
            Pass pass = bridge.importFile(
                    Scan.of()
                            .fails("encryption", "gone", "passed", "stays")
                            .fails("logging", "stays")
                            .write(folder),
                    Scan.of()
                            .fails("encryption", "stays")
                            .passes("encryption", "passed")
                            .write(folder));

            assertThat(bridge.ticket().get("description")).contains("stays");
            assertThat(absent(pass)).isEqualTo(1);
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 2L, "unchanged", 4L));
        }
    }

    @Test
    void a_part_of_a_scan_and_an_account_that_several_share_prove_nothing() throws IOException {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.parts.source", "files")
                .with("flow.parts.profile", "tickets")
                .with("flow.parts.complete", "false")) {
            Path whole = Scan.of().fails("encryption", "disk-1", "disk-2").write(folder);
            Path part = Scan.of().fails("encryption", "disk-2").write(folder);
            bridge.importTo("parts", whole);
            assertThat(absent(bridge.importTo("parts", part)))
                    .as("complete=false")
                    .isZero();

            bridge.importFile(whole);
            bridge.engine().importFiles(Bridge.COMPLIANCE, List.of(part.toFile()), true);
            assertThat(absent(bridge.importFile(whole))).as("--part").isZero();
            assertThat(absent(bridge.importFile(part))).isEqualTo(1);

            bridge.importFile(ofCluster("api-a"));
            assertThat(absent(bridge.importFile(ofCluster("api-b"))))
                    .as("another cluster's")
                    .isZero();
        }
    }

    private Path ofCluster(String resource) throws IOException {
        String scan = Scan.of().in("in-cluster").fails("anonymous", resource).json();
        return Files.writeString(
                folder.resolve(resource + ".json"),
                scan.replace("\"provider\":\"aws\"", "\"provider\":\"kubernetes\""));
    }

    @Test
    void a_poll_of_cases_is_no_scan_and_ends_none_of_the_others() {
        try (Bridge bridge = Bridge.in(folder)) {
            String one = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.visionOne().addCase("Ransomware", "P0");
            bridge.poll();
            bridge.later(Duration.ofDays(3)).poll();
            bridge.visionOne().update(one, Map.of("name", "Phishing by mail"));

            Pass pass = bridge.poll();

            assertThat(pass.read()).isEqualTo(1);
            assertThat(pass.tickets()).containsEntry("updated", 1L).doesNotContainKey("resolved");
            allOpen(bridge);
        }
    }

    @Test
    void closures_beyond_the_most_that_one_run_may_make_are_held_until_a_person_lets_them_go() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)
                .with("flow.compliance.group-by", "resource")
                .with("flow.compliance.max-closures-per-run", "3")) {
            bridge.importFile(Scan.of().fails("encryption", disks(0, 8)).write(folder));

            Pass pass =
                    bridge.importFile(Scan.of().passes("encryption", "disk-9").write(folder));

            assertThat(absent(pass)).isEqualTo(8);
            assertThat(pass.tickets()).containsEntry("resolved", 3L);
            assertThat(bridge.held()).isEqualTo(5);

            bridge.release();

            assertThat(bridge.held()).isZero();
            assertThat(bridge.tickets()).hasSize(8).allMatch(ticket -> ticket.get("state")
                    .equals("6"));
        }
    }
}
