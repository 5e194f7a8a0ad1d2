package io.ticketbridge.deliver;

import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.ledger.BudgetSpent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the instance says of its tables, asked when it is first needed and kept for an hour. A user who may not read it is no
 * hindrance: then the names that ServiceNow ships are used. Thread-safe.
 */
public final class Dictionaries {
    private static final Logger LOG = LoggerFactory.getLogger(Dictionaries.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration KEPT_IF_UNKNOWN = Duration.ofMinutes(1);
    private static final List<String> CHOICES =
            List.of("state", "close_code", "resolution_code", "impact", "urgency", "priority", "severity", "category");
    private static final List<String> TEXTS = List.of(
            "short_description", "description", "close_notes", "correlation_display", "cause_notes", "fix_notes");

    private record Kept(Dictionary dictionary, Instant until) {}

    private final Map<String, Kept> dictionaries = new ConcurrentHashMap<>();
    private final CamelContext context;
    private final Clock clock;
    private volatile ProducerTemplate producer;

    public Dictionaries(CamelContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    Dictionary of(String table) {
        return dictionaries
                .compute(
                        table,
                        (name, kept) -> kept != null && clock.instant().isBefore(kept.until()) ? kept : read(name))
                .dictionary();
    }

    private Kept read(String table) {
        try {
            List<String> tables = List.of(table, "task");
            Dictionary dictionary = Dictionary.of(
                    table,
                    ChoiceRows.read(this::rows, tables, CHOICES),
                    rows(ServiceNowCall.find(
                            "sys_dictionary",
                            EncodedQuery.whereIn("name", tables).in("element", TEXTS),
                            "name,element,max_length",
                            500)));
            return new Kept(dictionary, clock.instant().plus(KEPT));
        } catch (RuntimeException e) {
            if (BudgetSpent.isCauseOf(e)) {
                throw e;
            }
            LOG.info(
                    "The instance's dictionary can't be read; the choices and lengths that ServiceNow ships are used. table={} cause=\"{}\"",
                    table,
                    Lines.cut(Lines.one(String.valueOf(e.getMessage())), 200));
            return new Kept(Dictionary.EMPTY, clock.instant().plus(KEPT_IF_UNKNOWN));
        }
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> rows(ServiceNowCall call) {
        Exchange answer = producer().send("direct:call-servicenow", exchange -> exchange.getMessage()
                .setBody(call));
        if (answer.getException() != null) {
            throw new IllegalStateException(answer.getException().getMessage(), answer.getException());
        }
        return answer.getMessage().getBody(List.class);
    }

    private ProducerTemplate producer() {
        if (producer == null) {
            producer = context.createProducerTemplate();
        }
        return producer;
    }
}
