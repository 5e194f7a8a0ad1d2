package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    @Test
    void choices_of_the_table_take_the_place_of_those_it_would_inherit() {
        Dictionary incident = Dictionary.of(
                "incident",
                List.of(
                        choice("task", "state", "Open", "1"),
                        choice("task", "state", "Closed Complete", "3"),
                        choice("task", "urgency", "1 - High", "1"),
                        choice("incident", "state", "New", "1"),
                        choice("incident", "state", "On Hold", "3")),
                List.of());
        assertThat(incident.choices())
                .isEqualTo(Map.of("state", Map.of("New", "1", "On Hold", "3"), "urgency", Map.of("1 - High", "1")));
    }

    private static Map<String, Object> choice(String table, String column, String label, String value) {
        return Map.of("name", table, "element", column, "label", label, "value", value);
    }
}
