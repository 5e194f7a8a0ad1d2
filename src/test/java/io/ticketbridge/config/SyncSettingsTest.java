package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that keep a case and its ticket in step. */
class SyncSettingsTest {
    private static final String PROFILE = "ticketbridge.profile.case-incident.";

    @TempDir
    Path folder;

    @Test
    void cases_are_kept_in_step_unless_the_flow_says_otherwise() {
        Settings settings = SettingsTest.load(Map.of());
        FlowSettings cases = settings.flows().get("cases");
        assertThat(cases.syncBack()).isTrue();
        assertThat(cases.owners())
                .isEqualTo(Map.of(
                        SyncField.STATUS, Side.SERVICENOW,
                        SyncField.PRIORITY, Side.SERVICENOW,
                        SyncField.FINDINGS, Side.SERVICENOW,
                        SyncField.NAME, Side.VISION_ONE,
                        SyncField.DESCRIPTION, Side.VISION_ONE));
        assertThat(cases.onIdleClosure()).isEqualTo(OnIdleClosure.COMMENT);
        assertThat(cases.reconcile()).isEqualTo(new Poll.Cron("0 17 0/6 * * ?"));
        assertThat(settings.flows().get("compliance").syncBack()).isFalse();
        assertThat(settings.properties()).containsEntry("ticketbridge.flow.cases.reconcile", "0 17 0/6 * * ?");
    }

    @Test
    void every_part_of_it_can_be_set() {
        FlowSettings cases = SettingsTest.load(Map.of(
                        "ticketbridge.flow.cases.sync-back", "false",
                        "ticketbridge.flow.cases.owner.priority", "vision-one",
                        "ticketbridge.flow.cases.owner.name", "servicenow",
                        "ticketbridge.flow.cases.on-idle-closure", "resolve",
                        "ticketbridge.flow.cases.on-recurrence", "comment",
                        "ticketbridge.flow.cases.reconcile", "0 0 3 * * ?"))
                .flows()
                .get("cases");
        assertThat(cases.syncBack()).isFalse();
        assertThat(cases.owners())
                .containsEntry(SyncField.PRIORITY, Side.VISION_ONE)
                .containsEntry(SyncField.NAME, Side.SERVICENOW)
                .containsEntry(SyncField.STATUS, Side.SERVICENOW);
        assertThat(cases.onIdleClosure()).isEqualTo(OnIdleClosure.RESOLVE);
        assertThat(cases.reconcile()).isEqualTo(new Poll.Cron("0 0 3 * * ?"));
    }

    @Test
    void a_list_takes_the_place_of_the_one_that_the_table_has() {
        SyncMaps maps = maps(Map.of(
                PROFILE + "sync.status.In-progress", "In Progress , On Hold",
                PROFILE + "sync.findings.NoFindings", "Duplicate"));
        assertThat(maps.get(SyncField.STATUS))
                .containsEntry("In-progress", List.of("In Progress", "On Hold"))
                .containsEntry("Open", List.of("1"));
        assertThat(maps.get(SyncField.FINDINGS))
                .containsEntry("NoFindings", List.of("Duplicate"))
                .containsKey("TruePositive");
        assertThat(maps.sourceValues(SyncField.STATUS)).containsExactly("Open", "In-progress", "Closed");
    }

    @Test
    void values_of_a_case_are_written_in_any_case_of_letters_and_once() throws IOException {
        assertThat(maps(Map.of(PROFILE + "sync.status.CLOSED", "7")).get(SyncField.STATUS))
                .containsEntry("Closed", List.of("7"));
        Files.writeString(
                folder.resolve("application.properties"),
                PROFILE + "sync.status.closed=7\n" + PROFILE + "sync.status.Closed=6\n");
        SettingsException thrown = catchThrowableOfType(
                SettingsException.class,
                () -> Settings.load(new Sources(Optional.of(folder), Map.of(), SettingsTest.working(), true)));
        assertThat(thrown)
                .hasMessage(PROFILE + "sync.status.Closed must be there once: remove all but one of its lines");
    }

    @Test
    void a_variable_wins_over_a_file_that_spells_it_otherwise() throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                PROFILE + "table=incident\n" + PROFILE + "sync.status.in-PROGRESS=3\n");
        Settings settings = Settings.load(
                new Sources(
                        Optional.of(folder),
                        Map.of("TICKETBRIDGE_PROFILE_CASE_INCIDENT_SYNC_STATUS_IN_PROGRESS", "2, 3"),
                        Map.of(),
                        true),
                Requirement.LEDGER_ONLY);
        assertThat(settings.profiles().get("case-incident").syncMaps().get(SyncField.STATUS))
                .containsEntry("In-progress", List.of("2", "3"));
    }

    @Test
    void a_table_that_is_not_known_has_the_states_of_a_task_and_no_close_codes() {
        SyncMaps maps = maps(Map.of(PROFILE + "table", "u_security_task"));
        assertThat(maps.get(SyncField.STATUS)).containsEntry("Closed", List.of("3", "4", "7"));
        assertThat(maps.get(SyncField.FINDINGS)).isEmpty();
        assertThat(maps.get(SyncField.PRIORITY)).isEmpty();
    }

    @Test
    void the_first_name_that_the_instance_has_is_written() {
        SyncMaps maps = SyncMaps.of("incident");
        Map<String, String> older = Map.of("Solved (Permanently)", "Solved (Permanently)", "User error", "17");
        assertThat(maps.written(SyncField.FINDINGS, "TruePositive", Map.of())).hasValue("Solution provided");
        assertThat(maps.written(SyncField.FINDINGS, "TruePositive", older)).hasValue("Solved (Permanently)");
        assertThat(maps.written(SyncField.FINDINGS, "False Positive", older)).hasValue("17");
        assertThat(maps.written(SyncField.STATUS, "Merged", Map.of())).isEmpty();
    }

    @Test
    void findings_that_only_alerts_have_are_never_read_for_a_case() {
        assertThat(SyncMaps.of("incident").sourceValues(SyncField.FINDINGS)).contains("OtherFindings");
        assertThat(SyncMaps.of("incident")
                        .forSource(SourceKind.VISION_ONE_CASES)
                        .sourceValues(SyncField.FINDINGS))
                .doesNotContain("OtherFindings")
                .contains("NoFindings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            profile.case-incident.sync.status.Resolved | 6 | ticketbridge.profile.case-incident.sync.status.Resolved must end with one of Open, In-progress, Closed: write ticketbridge.profile.case-incident.sync.status.Closed
            profile.case-incident.sync.priority.P4 | 5 | ticketbridge.profile.case-incident.sync.priority.P4 must end with one of P0, P1, P2, P3: write ticketbridge.profile.case-incident.sync.priority.P0
            profile.case-incident.sync.status.Open | 1,,2 | ticketbridge.profile.case-incident.sync.status.Open must name something between its commas, was 1,,2: remove the comma that is too many
            flow.cases.owner.state | servicenow | ticketbridge.flow.cases.owner.state must end with one of status, priority, findings, name, description: write ticketbridge.flow.cases.owner.status
            flow.cases.owner.status | service-now | ticketbridge.flow.cases.owner.status must be one of vision-one, servicenow, was service-now: write servicenow
            flow.cases.on-idle-closure | close | ticketbridge.flow.cases.on-idle-closure must be one of comment, resolve, was close: write one of them
            flow.cases.on-recurrence | comment | ticketbridge.flow.cases.on-recurrence must not be comment while ticketbridge.flow.cases.sync-back is true, as a ticket's state can't be kept in step and left alone at once, was comment: write reopen, or set ticketbridge.flow.cases.sync-back=false
            flow.compliance.sync-back | true | ticketbridge.flow.compliance.sync-back must not be set for source scc: remove it, it is for vision-one-cases and vision-one-alerts
            flow.compliance.owner.name | servicenow | ticketbridge.flow.compliance.owner.name must not be set for source scc: remove it, it is for vision-one-cases and vision-one-alerts
            flow.compliance.reconcile | 1h | ticketbridge.flow.compliance.reconcile must not be set for source scc: remove it, it is for vision-one-cases and vision-one-alerts
            flow.compliance.on-idle-closure | resolve | ticketbridge.flow.compliance.on-idle-closure must not be set for source scc: remove it, it is for vision-one-cases
            """)
    void a_bad_setting_has_one_message(String key, String value, String message) {
        Map<String, String> keys = new HashMap<>(Map.of("ticketbridge." + key, value));
        SettingsException thrown = catchThrowableOfType(SettingsException.class, () -> SettingsTest.load(keys));
        assertThat(thrown).hasMessage(message);
    }

    @Test
    void why_a_case_was_closed_is_asked_only_of_what_is_kept_in_step() {
        Map<String, String> keys = Map.of(
                "ticketbridge.flow.cases.sync-back", "false", "ticketbridge.flow.cases.on-idle-closure", "comment");
        SettingsException thrown = catchThrowableOfType(SettingsException.class, () -> SettingsTest.load(keys));
        assertThat(thrown)
                .hasMessage("ticketbridge.flow.cases.on-idle-closure must not be comment while"
                        + " ticketbridge.flow.cases.sync-back is false, as only of cases that are kept in step it is known"
                        + " why they were closed, was comment: write resolve, or set ticketbridge.flow.cases.sync-back=true;"
                        + " ticketbridge.flow.cases.resolve-when-fixed=false leaves every ticket to people");
        assertThat(SettingsTest.load(Map.of("ticketbridge.flow.cases.sync-back", "false")))
                .isNotNull();
    }

    private static SyncMaps maps(Map<String, String> more) {
        return SettingsTest.load(more).profiles().get("case-incident").syncMaps();
    }
}
