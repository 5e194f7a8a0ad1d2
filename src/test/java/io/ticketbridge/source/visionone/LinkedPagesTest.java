package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list ends where a page says so, and nowhere else (P1). */
class LinkedPagesTest {
    private final LinkedPages pages = new LinkedPages("things", "/list", Map.of(), Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"href\":\"https://host.example/list?page=2\"}",
                "[\"https://host.example/list?page=2\"]",
                "\"api.host.example:443/list?page=2\"",
                "\"https://[/list\"",
                "\"list?page=2\"",
                "2"
            })
    void a_next_link_that_is_no_address_is_no_end(String link) throws IOException {
        JsonNode page = page(link);

        assertThatThrownBy(() -> pages.accept(page))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessage("The list of things has a next link that is no address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \"", "\"null\""})
    void nothing_ends_the_list(String link) throws IOException {
        pages.accept(page(link));

        assertThat(pages.isHasNext()).isFalse();
    }

    private static JsonNode page(String link) throws IOException {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("items");
        return page.set("nextLink", new ObjectMapper().readTree(link));
    }
}
