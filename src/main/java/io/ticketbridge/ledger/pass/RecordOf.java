package io.ticketbridge.ledger.pass;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ticket.Membership;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The record that an exchange is about. It is the body, which a step of a route may replace by another finding; should one put anything
 * else there, what was read is still known.
 */
public record RecordOf(Exchange exchange) {
    private static final String AS_READ = "asRead";

    /** To be called before any step that may put something else into the body. */
    void remember() {
        exchange.setProperty(AS_READ, finding());
    }

    /** @throws IllegalStateException if a step put something else in its place */
    public Finding finding() {
        if (exchange.getMessage().getBody() instanceof Finding finding) {
            return finding;
        }
        throw replaced("finding");
    }

    /** @throws IllegalStateException if a step put something else in its place */
    public Membership membership() {
        if (exchange.getMessage().getBody() instanceof Membership membership) {
            return membership;
        }
        throw replaced("membership");
    }

    private IllegalStateException replaced(String what) {
        Object body = exchange.getMessage().getBody();
        return new IllegalStateException("A step of a route put "
                + (body == null ? "nothing" : "a " + body.getClass().getSimpleName()) + " in place of the " + what
                + ": keep it in the body, with variableSend and variableReceive at what sends something");
    }

    /** The record as it is by now, else as it was read. */
    Optional<SourceRecord> known() {
        Object body = exchange.getMessage().getBody();
        if (body instanceof SourceRecord record) {
            return Optional.of(record);
        }
        return body instanceof Membership membership
                ? Optional.of(membership.finding())
                : Optional.ofNullable(exchange.getProperty(AS_READ, Finding.class));
    }
}
