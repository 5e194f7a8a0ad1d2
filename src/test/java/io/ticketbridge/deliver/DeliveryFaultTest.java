package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.fault.NotEver;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.ledger.ticket.Refusals;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Why a delivery failed (P18): the order counts, for an error may be of several kinds, or have another behind it. */
class DeliveryFaultTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(DeliveryFault.OUTAGE, new DataAccessResourceFailureException("no connection")),
                arguments(
                        DeliveryFault.OUTAGE,
                        new IllegalStateException(new DataAccessResourceFailureException("no connection"))),
                arguments(DeliveryFault.LEDGER, new CannotAcquireLockException("deadlock detected")),
                arguments(
                        DeliveryFault.LEDGER,
                        new IllegalArgumentException(new CannotAcquireLockException("deadlock detected"))),
                arguments(DeliveryFault.LOST, Refusals.leaseLost()),
                arguments(DeliveryFault.LOST, new ProcessingException(Refusals.leaseLost())),
                arguments(DeliveryFault.NO_ROOM, Refusals.budgetSpent()),
                arguments(DeliveryFault.NO_ROOM, new ProcessingException(Refusals.budgetSpent())),
                arguments(DeliveryFault.NO_ROOM, Refusals.worseComesFirst()),
                arguments(DeliveryFault.NO_ROOM, Refusals.anotherInstance()),
                arguments(
                        DeliveryFault.NO_ROOM,
                        new NotNow("sys_choice was not read", Duration.ZERO, Refusals.budgetSpent())),
                arguments(
                        DeliveryFault.NO_ROOM,
                        new NotNow("sys_choice was not read", Duration.ZERO, Refusals.anotherInstance())),
                arguments(DeliveryFault.POISONED, new UnusableValue("a value holds ^")),
                arguments(DeliveryFault.MISTAKEN, new IllegalArgumentException("a route chose no profile")),
                arguments(DeliveryFault.MISTAKEN, new IllegalStateException("ask first")),
                arguments(DeliveryFault.SERVICENOW, answerWithoutBody()),
                arguments(DeliveryFault.LATER, new NotNow("it is in another table now", Duration.ZERO)),
                arguments(DeliveryFault.SOURCE_REFUSED, new NotEver("403", null) {}),
                arguments(DeliveryFault.SOURCE_REFUSED, http(400)),
                arguments(DeliveryFault.SOURCE_REFUSED, http(403)),
                arguments(DeliveryFault.SOURCE_AWAY, http(401)),
                arguments(DeliveryFault.SOURCE_AWAY, http(404)),
                arguments(DeliveryFault.SOURCE_AWAY, http(429)),
                arguments(DeliveryFault.SOURCE_AWAY, http(503)),
                arguments(DeliveryFault.SOURCE_AWAY, new ConnectException("Connection refused")),
                arguments(DeliveryFault.WRONG, new WrongAnswer("rows that were not asked for")),
                arguments(DeliveryFault.HIDDEN, new HiddenRecords("it is not shown")),
                arguments(DeliveryFault.SERVICENOW, new ProcessingException(new IOException("Read timed out"))),
                arguments(
                        DeliveryFault.SERVICENOW,
                        new ServiceNowException(
                                403, Map.of("status", "failure", "error", Map.of("message", "ACL", "detail", "")))),
                arguments(DeliveryFault.SERVICENOW, new NullPointerException()));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void the_error_tells_why_and_so_does_what_a_split_or_an_expression_wraps(DeliveryFault fault, Throwable error) {
        assertThat(DeliveryFault.of(error)).isEqualTo(fault);
        assertThat(DeliveryFault.of(new RuntimeExpressionException(error))).isEqualTo(fault);
        assertThat(DeliveryFault.of(
                        new CamelExchangeException("each part", null, new RuntimeExpressionException(error))))
                .isEqualTo(fault);
    }

    private static HttpOperationFailedException http(int status) {
        return new HttpOperationFailedException("https://api.example", status, "", "", Map.of(), "");
    }

    /** What the component's client throws of a 202. */
    private static IllegalStateException answerWithoutBody() {
        IllegalStateException error = new IllegalStateException("entity is not available");
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.apache.cxf.jaxrs.impl.ResponseImpl", "readEntity", null, 0)
        });
        return error;
    }
}
