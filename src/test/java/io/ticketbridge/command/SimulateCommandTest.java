package io.ticketbridge.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void what_simulate_prints_is_an_application_properties_as_it_is() throws Exception {
        Path scans = folder.resolve("my scans");
        try (Child simulate = Child.start(folder, "simulate", "--seed", "3", "--folder", scans.toString())) {
            await().atMost(30, SECONDS).until(() -> simulate.lines().stream()
                    .anyMatch(line -> line.contains("compliance-incident.table")));
            Settings settings = load(simulate.lines());

            assertThat(settings.flows()).containsKeys("cases", "compliance", "scc", "workloads");
            assertThat(settings.flows().get("compliance").folder()).contains(scans);
            assertThat(settings.profiles()).containsKeys("case-incident", "compliance-incident");
            assertThat(settings.scc()).containsKey("default");
            assertThat(settings.workloadProtection()).containsKey("default");
            assertThat(settings.warnings()).isEmpty();
            try (var files = Files.list(scans)) {
                assertThat(files).hasSize(3);
            }
            String page = simulate.lines().stream()
                    .filter(line -> line.startsWith("# Control page: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("# Control page: ".length());
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(page)).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);

            simulate.terminate();
            assertThat(simulate.ended(10)).isZero();
        }
    }

    @Test
    void awkward_values_come_back_as_they_were() throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("ticketbridge.flow.a.source", "files");
        values.put("ticketbridge.flow.a.folder", "C:\\Prüfung\\scans #1 = ü");
        values.put("ticketbridge.flow.a.profile", "p");
        values.put("ticketbridge.profile.p.table", "incident");
        values.put("ticketbridge.profile.p.field.short_description", " leading\nand \\u0041 next");
        values.put("ticketbridge.servicenow.url", "http://127.0.0.1:1");
        values.put("ticketbridge.servicenow.client-id", "c");
        values.put("ticketbridge.servicenow.client-secret", "s!#=:");

        Settings settings = load(List.of(PropertyLines.of(values)));

        values.forEach((key, value) -> assertThat(settings.properties()).containsEntry(key, value));
    }

    @Test
    void a_base_port_that_leaves_no_room_is_refused() {
        assertThat(TicketbridgeCommand.execute("simulate", "--port", "65533", "--folder", folder.toString()))
                .isEqualTo(TicketbridgeCommand.UNUSABLE);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_colleague_edits_on_a_timer_and_each_edit_is_a_line() throws Exception {
        try (Child simulate = Child.start(folder, "simulate", "--edits-per-minute", "600")) {
            await().atMost(30, SECONDS)
                    .until(() -> simulate.lines().stream()
                                    .filter(line -> line.contains("A colleague edited CASE CL-"))
                                    .count()
                            > 2);
        }
    }

    @Test
    void edits_out_of_range_or_without_time_are_refused() {
        assertThat(TicketbridgeCommand.execute("simulate", "--edits-per-minute", "-1"))
                .isEqualTo(TicketbridgeCommand.UNUSABLE);
        assertThat(TicketbridgeCommand.execute("simulate", "--edits-per-minute", "6001"))
                .isEqualTo(TicketbridgeCommand.UNUSABLE);
        assertThat(TicketbridgeCommand.execute("sandbox", "--once", "--edits-per-minute", "5"))
                .isEqualTo(TicketbridgeCommand.UNUSABLE);
    }

    private Settings load(List<String> lines) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("application.properties"), String.join("\n", lines));
        return Settings.load(new Sources(Optional.of(config), Map.of(), Map.of(), true));
    }
}
