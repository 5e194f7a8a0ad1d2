package io.ticketbridge.deliver;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.PlainText;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a route sends besides the tickets: a message to a channel, a copy. One that fails holds nothing else up. */
public final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /** The path of a webhook is its secret. */
    private static final Pattern ADDRESS = Pattern.compile("(https?://[^/?\\s]+)[/?]\\S*");

    /** Said once, in one line without the secret part of an address (P37). */
    public void failed(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.warn(
                "A notice was not sent; nothing else is held up. route={} cause=\"{}\"",
                exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class),
                sentence(error));
    }

    static String sentence(Throwable error) {
        return ADDRESS.matcher(PlainText.oneLine(Causes.sentence(error))).replaceAll("$1/...");
    }
}
