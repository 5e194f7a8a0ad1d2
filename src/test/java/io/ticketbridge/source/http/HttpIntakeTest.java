package io.ticketbridge.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.ledger.intake.IntakeListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What is said of a body that did not come to its end. */
class HttpIntakeTest {
    private final List<String> refused = new ArrayList<>();
    private final HttpIntake intake = new HttpIntake(
            Settings.load(
                    Sources.only(Map.of(
                            "ticketbridge.flow.sent.source", "http",
                            "ticketbridge.flow.sent.profile", "tickets",
                            "ticketbridge.flow.sent.token", "0123456789abcdef-token",
                            "ticketbridge.profile.tickets.table", "incident")),
                    Requirement.LEDGER_ONLY),
            null,
            new IntakeListener() {
                @Override
                public void taken(String flow, String outcome) {
                    throw new AssertionError(flow);
                }

                @Override
                public void refused(String flow, String reason) {
                    refused.add(flow + " " + reason);
                }
            },
            text -> text,
            Clock.systemUTC());

    /** As the route leaves it when the connection breaks off. */
    private Exchange broken(String flow, boolean signed) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty("flow", flow);
        exchange.setProperty("isSigned", signed);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, IntakeRefusal.broken());
        return exchange;
    }

    @Test
    void a_sender_that_hangs_up_is_no_error_and_no_fault_of_the_ledger_and_a_stranger_leaves_no_line_at_all() {
        try (CapturedLog log = new CapturedLog()) {
            intake.fail(broken("sent", false));
            intake.fail(broken("sent", true));
            intake.fail(broken("made-up", true));

            assertThat(refused).containsExactly("sent broken", "sent broken", "unknown broken");
            assertThat(log.lines(Level.INFO))
                    .containsExactly(
                            "INFO A sender hung up before its body was whole; nothing of it is kept. flow=sent");
        }
    }
}
