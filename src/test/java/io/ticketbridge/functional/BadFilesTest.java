package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings files with bad records, huge names, or no end: a bad record costs only itself (P4). */
class BadFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"a string\"",
                "42",
                "[]",
                "{}",
                "{\"class_uid\":2004,\"status_code\":\"FAIL\"}",
                "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"encryption\"}}"
            })
    void a_malformed_record_becomes_a_dead_letter_and_the_file_goes_on(String record) {
        try (Bridge bridge = Bridge.in(folder)) {
            Pass pass = bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .raw(record)
                    .fails("encryption", "disk-2")
                    .write(folder));

            assertThat(bridge.ticket().get("description")).contains("disk-1", "disk-2");
            assertThat(bridge.deadLetters()).hasSize(1);
            assertThat(bridge.deadLetters().get(0).raw()).isNotBlank();
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 2L, "dead", 1L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_resource_name_of_500_characters_is_told_apart_to_its_last(Ledger ledger) {
        String name = "arn:aws:s3:::" + "n".repeat(486);
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.group-by", "resource")) {
            Path scan = Scan.of().fails("encryption", name + "1", name + "2").write(folder);
            bridge.importFile(scan);
            bridge.listen();

            bridge.importFile(scan);

            assertThat(bridge.writes()).isZero();
            assertThat(bridge.tickets())
                    .hasSize(2)
                    .anySatisfy(ticket -> assertThat(ticket.get("description")).contains(name + "1"))
                    .anySatisfy(ticket -> assertThat(ticket.get("description")).contains(name + "2"));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void characters_that_databases_choke_on_are_taken(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            Pass pass = bridge.importFile(Scan.of()
                    .saying("nul \u0000 and lone \uD83D surrogate, \uD83D\uDE80")
                    .fails("encryption", "disk-\u0000-1", "\u0645\u0631\u062d\u0628\u0627", "\uD840\uDC0B")
                    .write(folder));

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 3L));
            assertThat(bridge.ticket().get("description")).contains("\u0645\u0631\u062d\u0628\u0627", "\uD840\uDC0B");
        }
    }

    @Test
    void a_file_that_ends_within_a_record_gives_what_it_says_and_closes_nothing() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .fails("logging", "disk-1")
                    .write(folder));
            String whole = Files.readString(Scan.of()
                    .fails("backup", "disk-1")
                    .passes("encryption", "disk-2")
                    .write(folder));
            Path cut = Files.writeString(folder.resolve("cut.json"), whole.substring(0, whole.length() - 200));

            bridge.importFile(cut);

            assertThat(bridge.tickets()).hasSize(3).allSatisfy(ticket -> assertThat(ticket)
                    .containsEntry("state", "1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Not found</body></html>", "key,value\n1,2\n", "\u0000\u0001\u0002"})
    void a_file_that_holds_no_findings_fails_its_run_and_the_next_file_goes_on(String content) throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            Path bad = Files.writeString(folder.resolve("bad.json"), content);

            Pass pass = bridge.importFile(
                    bad, Scan.of().fails("encryption", "disk-1").write(folder));

            assertThat(pass.failure().orElseThrow()).contains("bad.json");
            assertThat(bridge.tickets()).hasSize(1);
        }
    }
}
