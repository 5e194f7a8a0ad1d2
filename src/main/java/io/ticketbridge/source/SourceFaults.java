package io.ticketbridge.source;

import com.fasterxml.jackson.core.JacksonException;
import io.ticketbridge.fault.AnswerTooLong;
import io.ticketbridge.fault.PassingStatus;
import io.ticketbridge.fault.RetryAfter;
import io.ticketbridge.ledger.pass.PassOf;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether reading a source may pass when it is tried again, and how long the source wants to be left alone: 429 and 503
 * name it in {@code Retry-After} (vision-one.md, section 1.6; compliance.md, section 1.7).
 */
public final class SourceFaults implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(SourceFaults.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int LIMIT = 429;

    /** By then it has been asked for half a minute. */
    private static final Integer TOLD_AT = 6;

    private final Predicate<Exchange> isOwed;
    private final Clock clock;

    /** @param isOwed whether what an exchange does is owed, and so gives its place to others where it had to wait */
    public SourceFaults(Predicate<Exchange> isOwed, Clock clock) {
        this.isOwed = isOwed;
        this.clock = clock;
    }

    /** What is repeated is the step that failed: parsing the same text again would bring the same. */
    public boolean mayPass(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (error instanceof HttpOperationFailedException http) {
            return PassingStatus.is(http.getStatusCode());
        }
        // What a split brings up was repeated inside it.
        return !(error instanceof JacksonException)
                && !(error instanceof CamelExchangeException)
                && !(error instanceof AnswerTooLong);
    }

    /**
     * Whether a source has had enough requests for now, and whoever asks has the time to wait for it. A delivery has not: it is owed, and
     * gives its place to others.
     */
    public boolean isLimit(Exchange exchange) {
        return !isOwed.test(exchange)
                && exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof HttpOperationFailedException http
                && http.getStatusCode() == LIMIT;
    }

    /** Before a repetition is planned: takes the wait from the answer, where it names one. */
    @Override
    public void process(Exchange exchange) {
        exchange.getIn().removeHeader(Exchange.REDELIVERY_DELAY);
        if (isLimit(exchange) && TOLD_AT.equals(exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER))) {
            LOG.info(
                    "The source takes no more requests for now; the pass waits, and goes on. flow={}",
                    new PassOf(exchange).flow());
        }
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof HttpOperationFailedException http) {
            Duration wait = RetryAfter.of(http.getResponseHeaders(), clock.instant());
            wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            if (!wait.isZero()) {
                exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
            }
        }
    }
}
