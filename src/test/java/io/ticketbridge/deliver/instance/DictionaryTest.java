package io.ticketbridge.deliver.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    @Test
    void choices_of_the_nearest_table_take_the_place_of_those_that_it_would_inherit() {
        Dictionary incident = Dictionary.of(
                List.of("u_outage", "incident", "task"),
                List.of(
                        choice("task", "state", "Open", "1"),
                        choice("task", "state", "Closed Complete", "3"),
                        choice("task", "urgency", "1 - High", "1"),
                        choice("incident", "state", "New", "1"),
                        choice("incident", "category", "Inquiry", "inquiry"),
                        choice("u_outage", "category", "Power", "power"),
                        choice("incident", "state", "On Hold", "3")),
                List.of());
        assertThat(incident.choices())
                .isEqualTo(Map.of(
                        "state", Map.of("New", "1", "On Hold", "3"),
                        "urgency", Map.of("1 - High", "1"),
                        "category", Map.of("Power", "power")));
    }

    @Test
    void texts_of_columns_of_ones_own_are_cut_visibly_and_choices_are_not() {
        Dictionary dictionary = Dictionary.of(
                List.of("incident"),
                List.of(choice("incident", "u_team", "A team with a long name", "team")),
                List.of(
                        column("u_list", "string", "40"),
                        column("u_team", "string", "5"),
                        column("u_link", "url", "5"),
                        column("correlation_id", "string", "5")));

        Map<String, String> fitting = dictionary.fitting(Map.of(
                "u_list", "x".repeat(50),
                "u_team", "A team with a long name",
                "u_link", "https://example",
                "correlation_id", "ticketbridge-1"));

        assertThat(fitting.get("u_list")).hasSize(40).endsWith("…");
        assertThat(fitting)
                .containsEntry("u_team", "team")
                .containsEntry("u_link", "https://example")
                .containsEntry("correlation_id", "ticketbridge-1");
        assertThat(Dictionary.of(
                                List.of("incident"),
                                List.of(choice("incident", "u_team", "A", "value-of-a")),
                                List.of(column("u_team", "string", "5")))
                        .fitting(Map.of("u_team", "no such team")))
                .containsEntry("u_team", "no such team");
    }

    @Test
    void all_choices_are_read_however_many_there_are() {
        List<Map<String, Object>> instance = IntStream.range(0, 1200)
                .<Map<String, Object>>mapToObj(number -> Map.of(
                        "sys_id",
                        String.format("%032x", number + 1),
                        "name",
                        "incident",
                        "element",
                        "state",
                        "label",
                        "State " + number,
                        "value",
                        String.valueOf(number),
                        "sequence",
                        String.valueOf(1200 - number)))
                .toList();

        List<Map<String, Object>> read = ChoiceRows.read(
                call -> {
                    String query = (String) call.headers().get(ServiceNowConstants.SYSPARM_QUERY);
                    String last = query.replaceFirst("^.*\\^sys_id>([0-9a-f]{32}).*$", "$1");
                    return instance.stream()
                            .filter(row -> last.equals(query)
                                    || row.get("sys_id").toString().compareTo(last) > 0)
                            .limit(Long.parseLong(call.headers()
                                    .get(ServiceNowConstants.SYSPARM_LIMIT)
                                    .toString()))
                            .toList();
                },
                List.of("incident", "task"),
                List.of("state"));

        assertThat(read).containsExactlyInAnyOrderElementsOf(instance);
        assertThat(read.get(0)).containsEntry("label", "State 1199");
    }

    private static Map<String, Object> column(String name, String type, String length) {
        return Map.of("name", "incident", "element", name, "internal_type", type, "max_length", length);
    }

    private static Map<String, Object> choice(String table, String column, String label, String value) {
        return Map.of("name", table, "element", column, "label", label, "value", value);
    }
}
