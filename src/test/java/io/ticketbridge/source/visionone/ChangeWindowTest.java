package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.Flow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeWindowTest {
    private final ChangeWindow window = new ChangeWindow(Flow.settings(Map.of(
            "flow.cases.source", "vision-one-cases",
            "flow.cases.profile", "incident",
            "flow.cases.source-filter", "priority eq 'P0'",
            "vision-one.url", "https://api.eu.xdr.trendmicro.com",
            "vision-one.token", "token")));

    @Test
    void a_case_that_left_the_filter_after_it_had_its_ticket_is_compared_as_long_as_it_is_open() {
        assertThat(window.openHeaders("cases", "status eq 'Open'"))
                .containsOnly(Map.entry("TMV1-Filter", "status eq 'Open'"), Map.entry("Authorization", "Bearer token"));
        assertThat(window.listHeaders("cases")).containsEntry("TMV1-Filter", "priority eq 'P0'");
    }
}
