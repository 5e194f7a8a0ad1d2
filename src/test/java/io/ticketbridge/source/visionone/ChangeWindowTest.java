package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.Flow;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ChangeWindowTest {
    private static ChangeWindow window(String flow, String filter) {
        return new ChangeWindow(Flow.settings(Map.of(
                "flow." + flow + ".source",
                "vision-one-" + flow,
                "flow." + flow + ".profile",
                "incident",
                "flow." + flow + ".source-filter",
                filter,
                "vision-one.url",
                "https://api.eu.xdr.trendmicro.com",
                "vision-one.token",
                "token")));
    }

    @Test
    void a_case_that_left_the_filter_after_it_had_its_ticket_is_compared_as_long_as_it_is_open() {
        ChangeWindow window = window("cases", "priority eq 'P0'");

        assertThat(window.openHeaders("cases", "status eq 'Open'"))
                .containsOnly(Map.entry("TMV1-Filter", "status eq 'Open'"), Map.entry("Authorization", "Bearer token"));
        assertThat(window.listHeaders("cases")).containsEntry("TMV1-Filter", "priority eq 'P0'");
    }

    @Test
    void of_alerts_those_that_the_filter_lets_pass_are_read_and_the_others_by_the_ids_of_their_tickets() {
        VisionOneAlerts alerts = new VisionOneAlerts(window("alerts", "severity eq 'critical'"));

        assertThat(filter(alerts.open("alerts")))
                .isEqualTo("(severity eq 'critical') and (status eq 'Open' or status eq 'In Progress')");
        assertThat(alerts.named("alerts", List.of("WB-1", "WB-2", "x' or id eq '", "a/b")))
                .hasValueSatisfying(pages -> assertThat(filter(pages)).isEqualTo("id eq 'WB-1' or id eq 'WB-2'"));
        assertThat(alerts.named("alerts", List.of("a/b"))).isEmpty();
    }

    private static String filter(LinkedPages pages) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        pages.request(exchange);
        return exchange.getMessage().getHeader("TMV1-Filter", String.class);
    }
}
