package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code explain} says is as old as the last reading, and it says how old that is, and why (P31). */
class ExplainReadTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private static CommandRun run(Bridge bridge, String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = bridge.config().toString();
        return CommandRun.of(all);
    }

    private static String explain(Bridge bridge, String id) {
        CommandRun told = run(bridge, "explain", id);
        assertThat(told.exit()).as(told.err()).isZero();
        return told.out();
    }

    private void read(Bridge bridge, Scan scan, String name) {
        bridge.later(DAY).importFile(scan.write(folder, name));
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_failure_that_the_source_can_not_tell_any_more_says_so_with_the_first_and_the_last_time(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            read(bridge, Scan.of().fails("m", "1", "2"), "scan-1.json");
            read(bridge, Scan.of().manual("m", "1").fails("m", "2"), "scan-2.json");

            assertThat(explain(bridge, "1"))
                    .contains(
                            "last news of it in run 1; inconclusive at the source, which is no evidence of a fix, in run 2\n",
                            "read      it was read in run 2 (scan-2.json) and is inconclusive: no evidence either way\n",
                            "flow read last in run 2 (scan-2.json) at ");
            assertThat(explain(bridge, "m"))
                    .contains(
                            "2 fail, 0 pass; 1 of them inconclusive at the source, which is no evidence of a fix, in run 2\n");
            assertThat(explain(bridge, "2"))
                    .contains("which brought nothing new of it")
                    .containsPattern("result    fails since \\S+, last news of it in run 1\n");

            read(bridge, Scan.of().manual("m", "1").fails("m", "2"), "scan-3.json");
            assertThat(explain(bridge, "1"))
                    .contains("either way: last so in run 3\n", "which is no evidence of a fix, in run 3\n");
            assertThat(bridge.count("select count(*) from event where what = 'inconclusive'"))
                    .isEqualTo(1);

            read(bridge, Scan.of().passes("m", "1").fails("m", "2"), "scan-4.json");
            assertThat(explain(bridge, "1"))
                    .doesNotContain("no evidence of a fix")
                    .contains("passes since");
        }
    }

    @Test
    void what_the_flows_filter_leaves_out_by_now_is_said_where_it_was_known_to_fail() {
        try (Bridge bridge = Bridge.in(folder)) {
            read(bridge, Scan.of().fails("encryption", "disk-1", "disk-2"), "scan-1.json");
            bridge.restart().with("flow.compliance.filter", "${body.resource.uid} != 'disk-1'");
            read(bridge, Scan.of().passes("encryption", "disk-1").fails("encryption", "disk-2"), "scan-2.json");

            assertThat(explain(bridge, "disk-1"))
                    .contains(
                            "; left out by the flow's filter in run 2\n",
                            "it was read in run 2 (scan-2.json) and left out by the flow's filter, or a step before it");
            assertThat(explain(bridge, "encryption"))
                    .contains("2 fail, 0 pass; 1 of them left out by the flow's filter in run 2");
            assertThat(explain(bridge, "disk-2"))
                    .containsPattern("result    fails since \\S+, last news of it in run 1\n");
        }
    }

    @Test
    void a_scan_that_broke_off_is_said_to_prove_nothing_by_what_it_does_not_name() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            read(bridge, Scan.of().fails("a", "1", "2"), "scan-1.json");
            assertThat(explain(bridge, "2")).contains("run 1 (scan-1.json)").doesNotContain("not a complete scan");

            String json = Scan.of().passes("a", "1").fails("b", "1").json();
            Path broken = Files.writeString(folder.resolve("scan-2.json"), json.substring(0, json.length() - 30));
            bridge.later(DAY).importFile(broken);

            assertThat(explain(bridge, "2"))
                    .contains("flow read last in run 2 (scan-2.json) at ")
                    .contains(
                            "which brought nothing new of it; not a complete scan: what it does not name is not taken for gone");
        }
    }

    @Test
    void a_flow_that_is_not_read_any_more_is_said_as_status_says_it() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            assertThat(explain(bridge, id))
                    .contains("flow read last in run 1 (cases) at ")
                    .doesNotContain("not read");
            bridge.visionOne().update(id, Map.of("status", "Closed"));

            bridge.restart().with("flow.cases.enabled", "false");
            String disabled = "cases: it is not read any more: ticketbridge.flow.cases.enabled is false\n";
            assertThat(explain(bridge, id)).contains("not read  " + disabled);
            assertThat(run(bridge, "status").out()).contains(disabled);

            bridge.restart()
                    .with("flow.cases.source", null)
                    .with("flow.cases.profile", null)
                    .with("flow.cases.enabled", null);
            String gone = "cases: it is not read any more: no flow of that name is in the settings\n";
            assertThat(explain(bridge, id)).contains("not read  " + gone);
            assertThat(run(bridge, "status").out()).contains(gone);
        }
    }

    @Test
    void a_flow_whose_passes_fail_is_said_also_where_nothing_is_known() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().faults().next(100000, path -> path.contains("/cases"), HttpFault.refused());
            bridge.later(DAY).faultsMayWait();
            bridge.poll();

            String said = run(bridge, "status")
                    .out()
                    .lines()
                    .filter(line -> line.startsWith("cases: its last pass failed at "))
                    .findFirst()
                    .orElseThrow();
            assertThat(explain(bridge, id)).contains("not read  " + said);
            CommandRun unknown = run(bridge, "explain", "CL-00005-20270101-00009");
            assertThat(unknown.exit()).isEqualTo(1);
            assertThat(unknown.err()).contains("What flow cases reads may be missing: " + said.substring(7));
        }
    }

    @Test
    void since_when_the_ticket_is_known_as_it_is_told_is_said() {
        try (Bridge bridge = Bridge.in(folder)) {
            read(bridge, Scan.of().fails("a", "1"), "scan-1.json");
            bridge.resolve(bridge.ticket());
            read(bridge, Scan.of().fails("a", "1"), "scan-2.json");

            assertThat(explain(bridge, "INC0010001")).containsPattern("resolved, state 6 as seen at 20\\d\\d-");
        }
    }
}
