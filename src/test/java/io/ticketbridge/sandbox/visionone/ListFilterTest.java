package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListFilterTest {
    private static final Set<String> FIELDS = Set.of("type", "priority", "status");

    private final ObjectNode open = JsonNodeFactory.instance
            .objectNode()
            .put("status", "Open")
            .put("priority", "P1")
            .put("type", "ManagedServices");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "status eq 'Open' | true",
                "status eq 'open' | false",
                "not status eq 'Open' | false",
                "status eq 'Closed' or priority eq 'P1' and status eq 'Open' | true",
                "(status eq 'Closed' or priority eq 'P1') and status eq 'Closed' | false",
                "priority eq 'P1' or status eq 'Closed' and status eq 'Open' | true",
                "not (status eq 'Closed') AND contains(type,'Managed') | true",
                "contains(type, 'managed') | false",
                "type eq 'ManagedService' | true",
                "status eq 'It''s' | false",
            })
    void filters_follow_the_precedence_of_not_and_or(String filter, boolean matches) {
        assertThat(ListFilter.parse(filter, FIELDS, 270).test(open)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name eq 'x'",
                "status eq Open",
                "status eq 'Open",
                "status gt 'Open'",
                "(status eq 'Open'",
                "status eq 'Open' or",
                "status eq 'Open' priority eq 'P1'",
                "contains(status)",
                "status eq 'Open' ^ORstatus eq 'x'",
            })
    void what_is_no_filter_is_refused(String filter) {
        assertThatThrownBy(() -> ListFilter.parse(filter, FIELDS, 270)).isInstanceOf(BadRequest.class);
    }

    @Test
    void a_filter_of_270_characters_is_the_longest() {
        String longest = "status eq '" + "x".repeat(258) + "'";

        assertThat(longest).hasSize(270);
        assertThat(ListFilter.parse(longest, FIELDS, 270).test(open)).isFalse();
        assertThatThrownBy(() -> ListFilter.parse(longest + " ", FIELDS, 270)).isInstanceOf(BadRequest.class);
    }
}
