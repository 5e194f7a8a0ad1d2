package io.ticketbridge.deliver.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.NotTold;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.Flow;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.Test;

/** What {@code check} says of columns and choices where the user may see only the one or the other (P30). */
class InstanceColumnsTest {
    private static final Settings SETTINGS = Flow.settings(Map.of("profile.incident.on-open.category", "Nonsense"));

    private static List<Map<String, Object>> choicesOnly(ServiceNowCall call) {
        if (!call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME).equals("sys_choice")) {
            throw new NotTold("Insufficient rights to query records");
        }
        boolean isFirst = !call.headers().toString().contains("sys_id>");
        return isFirst
                ? List.of(Map.of(
                        "sys_id",
                        "1",
                        "name",
                        "incident",
                        "element",
                        "category",
                        "label",
                        "Inquiry",
                        "value",
                        "inquiry"))
                : List.of();
    }

    @Test
    void a_text_that_is_longer_than_its_column_is_named() {
        Settings settings = Flow.settings(Map.of(
                "profile.incident.field.u_note",
                "x".repeat(50),
                "profile.incident.on-open.u_list",
                "${body.resources}"));

        List<Checked> checked = new InstanceColumns(settings.serviceNow(), InstanceColumnsTest::shortColumns)
                .of(settings.profiles().get("incident"), List.of());

        assertThat(checked)
                .extracting(Checked::text)
                .containsExactly("u_note holds 40 characters, and its text has 50");
        assertThat(checked)
                .extracting(Checked::cure)
                .singleElement()
                .asString()
                .contains("profile.incident.field.u_note");
    }

    private static List<Map<String, Object>> shortColumns(ServiceNowCall call) {
        return call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME).equals("sys_dictionary")
                ? List.of("u_note", "u_list").stream()
                        .<Map<String, Object>>map(name -> Map.of(
                                "name", "incident", "element", name, "internal_type", "string", "max_length", "40"))
                        .toList()
                : List.of();
    }

    @Test
    void choices_are_looked_at_also_where_the_columns_may_not_be_read() {
        List<Checked> checked = new InstanceColumns(SETTINGS.serviceNow(), InstanceColumnsTest::choicesOnly)
                .of(SETTINGS.profiles().get("incident"), SETTINGS.flows().values());

        assertThat(checked.toString())
                .contains("let the integration's user read sys_dictionary", "category has no choice 'Nonsense'");
    }

    /** An instance that shows these columns, each with whether it is mandatory, and nothing else. */
    private static List<Map<String, Object>> columns(ServiceNowCall call, Map<String, String> mandatory) {
        return call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME).equals("sys_dictionary")
                ? mandatory.entrySet().stream()
                        .map(column -> Map.<String, Object>of(
                                "name", "incident", "element", column.getKey(), "mandatory", column.getValue()))
                        .toList()
                : List.of();
    }

    private static List<Checked> checked(Map<String, String> mandatory, Map<String, String> keys) {
        Settings settings = Flow.settings(keys);
        return new InstanceColumns(settings.serviceNow(), call -> columns(call, mandatory))
                .of(settings.profiles().get("incident"), settings.flows().values());
    }

    @Test
    void a_mandatory_column_that_nobody_writes_is_named() {
        Map<String, String> mandatory =
                Map.of("category", "true", "short_description", "true", "state", "true", "location", "false");

        assertThat(checked(mandatory, Map.of())).singleElement().satisfies(named -> {
            assertThat(named.verdict()).isEqualTo(Checked.Verdict.PROBLEM);
            assertThat(named.toString())
                    .contains(
                            "columns of incident",
                            "category is mandatory, and profile incident does not write it",
                            "set ticketbridge.profile.incident.on-open.category");
        });
        assertThat(checked(mandatory, Map.of("profile.incident.on-open.category", "inquiry")))
                .extracting(Checked::verdict)
                .containsExactly(Checked.Verdict.OK);
    }
}
