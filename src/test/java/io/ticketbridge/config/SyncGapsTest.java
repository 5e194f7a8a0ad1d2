package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.SyncField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncGapsTest {
    private static final String KEY = "ticketbridge.profile.case-incident.sync.";
    private static final Map<String, String> STATES = choices(
            "New=1",
            "In Progress=2",
            "On Hold=3",
            "Awaiting User Info=4",
            "Awaiting Evidence=5",
            "Resolved=6",
            "Closed=7",
            "Canceled=8");

    @Test
    void an_incident_needs_no_maps_of_its_own() {
        assertThat(shipped(Map.of(), STATES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            incident | New=1;In Progress=2;On Hold=3;Resolved=6;Closed=7;Canceled=8 | Duplicate=Duplicate;Known error=Known error;Resolved by caller=Resolved by caller;Resolved by change=Resolved by change;Resolved by problem=Resolved by problem;Solution provided=Solution provided;Workaround provided=Workaround provided;User error=User error
            problem | New=101;Assess=102;Root Cause Analysis=103;Fix in Progress=104;Resolved=106;Closed=107 | Fix Applied=fix_applied;Risk Accepted=risk_accepted;Duplicate=duplicate;Canceled=canceled
            sn_si_incident | Draft=10;Analysis=16;Contain=18;Eradicate=19;Recover=20;Review=100;Closed=3;Cancelled=7 | Threat mitigated=Threat mitigated;Patched vulnerability=Patched vulnerability;Invalid vulnerability=Invalid vulnerability;False positive=False positive;Duplicate=Duplicate
            sn_customerservice_case | New=1;Open=10;Awaiting Info=18;Resolved=6;Closed=3;Cancelled=7 | A=Solved - Fixed by Support/Guidance provided;B=Solved - Workaround;C=Canceled
            """)
    void the_tables_that_servicenow_ships_have_no_gap(String table, String states, String codes) {
        ProfileSettings profile = profile(Map.of("table", table));
        SyncGaps gaps = SyncGaps.ofInstance(
                profile,
                profile.syncMaps(),
                Map.of(
                        SyncField.STATUS, choices(states.split(";")),
                        SyncField.PRIORITY, choices("Critical=1", "High=2", "Moderate=3", "Low=4", "Planning=5"),
                        SyncField.FINDINGS, choices(codes.split(";"))));
        assertThat(gaps).isEqualTo(new SyncGaps(List.of(), List.of()));
    }

    @Test
    void a_state_that_no_list_holds_is_named() {
        assertThat(shipped(Map.of("sync.status.Closed", "Closed, Canceled"), STATES))
                .containsExactly("The state 6 (Resolved) of incident is in no list: add it to " + KEY
                        + "status.VALUE with one of Open, In-progress, Closed for VALUE");
    }

    @Test
    void states_that_only_old_instances_use_need_no_list_before_the_instance_is_asked() {
        Map<String, String> own = Map.of("sync.status.In-progress", "In Progress, On Hold");
        assertThat(shipped(own, STATES)).isEmpty();
        assertThat(ofInstance(own, SyncField.STATUS, STATES).errors()).hasSize(2);
    }

    @Test
    void a_state_of_the_instances_own_is_left_to_the_instance() {
        Map<String, String> own = Map.of("sync.status.Open", "Neu");
        assertThat(shipped(own, STATES)).isEmpty();
        Map<String, String> german = new LinkedHashMap<>(STATES);
        german.remove("New");
        german.put("Neu", "1");
        assertThat(ofInstance(own, SyncField.STATUS, german).errors()).isEmpty();
    }

    @Test
    void a_name_that_is_no_choice_is_named_with_the_nearest() {
        SyncGaps gaps = ofInstance(Map.of("sync.status.Closed", "Resolvd, Closed, Canceled"), SyncField.STATUS, STATES);
        assertThat(gaps.errors())
                .contains(KEY + "status.Closed must hold a state of incident, was 'Resolvd': write Resolved")
                .anyMatch(error -> error.startsWith("The state 6 (Resolved) of incident is in no list"));
    }

    @Test
    void a_state_in_two_lists_is_refused_however_it_is_written() {
        assertThat(shipped(Map.of("sync.status.Open", "New, resolved"), STATES))
                .containsExactly(KEY + "status.Closed must not hold '6', which " + KEY
                        + "status.Open holds: remove it from one of them");
    }

    @Test
    void a_status_that_could_not_be_written_is_refused() {
        assertThat(shipped(Map.of("table", "change_request"), choices("New=-5")))
                .hasSize(4)
                .contains(KEY + "status.Closed names no state that change_request has: set it to one of New");
    }

    @Test
    void gaps_of_close_codes_and_priorities_are_warnings() {
        SyncGaps codes = ofInstance(
                Map.of(), SyncField.FINDINGS, choices("Solution provided=Solution provided", "Act of God=Act of God"));
        assertThat(codes.errors()).isEmpty();
        assertThat(codes.warnings())
                .contains("The close code 'Act of God' of incident is in no list: add it to " + KEY
                        + "findings.VALUE with one of TruePositive, FalsePositive, BenignTruePositive, Noteworthy,"
                        + " NoFindings, OtherFindings for VALUE")
                .contains(KEY + "findings.FalsePositive names no close code that incident has: set it to one of"
                        + " Solution provided, Act of God");
        assertThat(ofInstance(Map.of(), SyncField.PRIORITY, choices("1 - Critical=1", "6 - Never=6"))
                        .warnings())
                .contains("The priority 6 (6 - Never) of incident is in no list: add it to " + KEY
                        + "priority.VALUE with one of P0, P1, P2, P3 for VALUE");
    }

    @Test
    void findings_may_share_a_close_code() {
        assertThat(ofInstance(
                                Map.of(),
                                SyncField.FINDINGS,
                                choices("Solution provided=Solution provided", "User error=User error"))
                        .warnings())
                .noneMatch(warning -> warning.contains("must not hold"));
    }

    @Test
    void what_the_instance_does_not_say_is_not_checked() {
        assertThat(ofInstance(Map.of("sync.status.Closed", "Nirvana"), SyncField.STATUS, Map.of()))
                .isEqualTo(new SyncGaps(List.of(), List.of()));
    }

    @Test
    void a_state_that_turns_up_is_told_with_the_property() {
        assertThat(SyncGaps.unmapped(profile(Map.of()), "incident", "99"))
                .isEqualTo("No list of " + KEY + "status.VALUE holds the state '99': add it to one");
        assertThat(SyncGaps.unmapped(profile(Map.of("table", "problem")), "incident", "99"))
                .contains(
                        "Profile case-incident is of problem by now",
                        "this ticket of incident goes by the states that ServiceNow ships, and '99' is none of them",
                        "set ticketbridge.profile.case-incident.table=incident and add it to a list of " + KEY
                                + "status.VALUE");
    }

    private static List<String> shipped(Map<String, String> own, Map<String, String> states) {
        ProfileSettings profile = profile(own);
        return SyncGaps.shipped(profile, profile.syncMaps(), states).errors();
    }

    private static SyncGaps ofInstance(Map<String, String> own, SyncField field, Map<String, String> choices) {
        ProfileSettings profile = profile(own);
        return SyncGaps.ofInstance(profile, profile.syncMaps(), Map.of(field, choices));
    }

    private static ProfileSettings profile(Map<String, String> own) {
        Map<String, String> keys = new HashMap<>();
        own.forEach((key, value) -> keys.put("ticketbridge.profile.case-incident." + key, value));
        return SettingsTest.load(keys).profiles().get("case-incident");
    }

    private static Map<String, String> choices(String... labels) {
        Map<String, String> choices = new LinkedHashMap<>();
        Arrays.stream(labels).map(label -> label.split("=", 2)).forEach(pair -> choices.put(pair[0], pair[1]));
        return choices;
    }
}
