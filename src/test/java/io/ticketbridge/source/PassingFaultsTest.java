package io.ticketbridge.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked again at once, and what is waited for (P18). */
class PassingFaultsTest {
    private static final String OWED = "what an exchange of a delivery has";

    private final SourceFaults faults =
            new SourceFaults(exchange -> exchange.getProperty(OWED) != null, Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 407, 408, 425, 429, 491, 500, 501, 502, 503, 504, 511, 520, 522, 529, 530})
    void what_says_nothing_of_the_request_is_asked_again(int status) {
        assertThat(faults.mayPass(failed(status))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 412, 413})
    void what_is_said_of_the_request_is_not(int status) {
        assertThat(faults.mayPass(failed(status))).isFalse();
    }

    @Test
    void a_pass_waits_for_a_limit_and_a_delivery_gives_its_place_to_others() {
        Exchange pass = failed(429);
        Exchange delivery = failed(429);
        delivery.setProperty(OWED, true);

        assertThat(faults.isLimit(pass)).isTrue();
        assertThat(faults.isLimit(delivery)).isFalse();
        assertThat(faults.isLimit(failed(503))).isFalse();
    }

    private static Exchange failed(int status) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT,
                new HttpOperationFailedException("https://x", status, "", null, Map.of(), ""));
        return exchange;
    }
}
