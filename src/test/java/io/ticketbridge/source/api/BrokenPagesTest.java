package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.source.UnexpectedAnswer;
import io.ticketbridge.source.files.BrokenFindings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever an API answers in place of what the mapping says: the page is refused in words, or each bad record alone is (P4, P40). */
class BrokenPagesTest {
    @ParameterizedTest
    @CsvSource({"security-hub.yaml, security-hub-page.json, Findings", "prowler-app.yaml, prowler-app-page.json, data"})
    void a_value_of_the_wrong_type_costs_its_record_or_is_a_page_that_nobody_takes_for_one(
            String name, String page, String records) {
        Mapping mapping = Mapped.shipped(name);
        ObjectNode whole = (ObjectNode) Mapped.file(Path.of("docs/examples", page));
        ArrayNode list = (ArrayNode) whole.get(records);
        JsonNode first = list.get(0);
        whole.putArray(records).add(first);
        int survived = 0;
        for (String mutant : BrokenFindings.ofWrongTypes(whole.toString())) {
            try {
                List<SourceRecord> found = Mapped.records(mapping, Mapped.json(mutant.replace("'", "\\u0027")));
                for (SourceRecord record : found) {
                    if (record instanceof Unreadable unreadable) {
                        assertThat(unreadable.error())
                                .as(mutant)
                                .matches("(?s)Mapping own\\.yaml, .* \\(line \\d+\\): .*")
                                .doesNotContain("Exception");
                        assertThat(unreadable.raw()).as(mutant).isNotEmpty();
                    }
                }
                survived++;
            } catch (UnexpectedAnswer refused) {
                assertThat(refused.getMessage()).as(mutant).isNotBlank().doesNotContain("Exception");
            }
        }
        assertThat(survived).isPositive();
    }
}
