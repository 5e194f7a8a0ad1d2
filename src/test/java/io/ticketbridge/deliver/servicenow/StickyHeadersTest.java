package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.servicenow.FakeInstance.Answer;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StickyHeadersTest {
    private static final EncodedQuery QUERY = EncodedQuery.where("correlation_id", "a1");

    private final FakeInstance instance = new FakeInstance();
    private final Calls calls = new Calls(Accesses.client(instance.url()), Network.DIRECT, Clock.systemUTC());

    @AfterEach
    void stop() throws Exception {
        calls.close();
        instance.close();
    }

    @Test
    void headers_that_came_with_data_choose_nothing() {
        Exchange exchange = new DefaultExchange(calls.context);
        exchange.getMessage().setBody(Map.of("state", "1"));
        exchange.getMessage().setHeader("CamelServiceNowTable", "sys_user");
        exchange.getMessage().setHeader("camelservicenowmodel", String.class);
        exchange.getMessage().setHeader("CamelServiceNowResource", "attachment");
        exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/");
        exchange.getMessage().setHeader("other", "stays");
        Exchange done = calls.context.createProducerTemplate().send("direct:create-record", exchange);

        assertThat(done.getException()).isNull();
        assertThat(instance.lastCall().uri()).startsWith("/api/now/table/incident?");
        assertThat(done.getMessage().getHeader("other")).isEqualTo("stays");
    }

    @Test
    void the_model_of_one_call_does_not_stick_to_the_next() {
        Exchange exchange = new DefaultExchange(calls.context);
        exchange.getMessage().setBody(Map.of("state", "1"));
        exchange.getMessage().setHeader("CamelServiceNowModel", "java.lang.String");
        exchange = calls.context.createProducerTemplate().send("direct:create-record", exchange);
        exchange.setVariable("query", QUERY.header());
        instance.onCall = asked -> Answer.json(200, FakeInstance.LIST);
        exchange = calls.context.createProducerTemplate().send("direct:find-records", exchange);

        assertThat(Calls.records(exchange).get(0)).containsEntry("number", "INC0010001");
    }

    @Test
    void an_offset_of_an_earlier_page_does_not_outlive_it() {
        instance.onCall = asked -> Answer.json(200, FakeInstance.LIST)
                .with(
                        "Link",
                        "<" + instance.url()
                                + "/api/now/table/incident?sysparm_limit=1&sysparm_offset=1>;rel=\"next\"");
        Exchange exchange = calls.find(QUERY);
        assertThat(exchange.getMessage().getHeader("CamelServiceNowOffsetNext")).isNotNull();

        instance.onCall = asked -> Answer.json(200, FakeInstance.LIST);
        exchange = calls.context.createProducerTemplate().send("direct:find-records", exchange);
        assertThat(exchange.getMessage().getHeader("CamelServiceNowOffsetNext")).isNull();
    }
}
