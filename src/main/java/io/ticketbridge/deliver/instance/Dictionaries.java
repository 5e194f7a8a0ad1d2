package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.NotTold;
import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.deliver.text.ProfileColumns;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.TicketFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the instance says of its tables, asked when it is first needed and again after an hour; what was said holds until it can be
 * asked again. While nothing is known, a failure holds for its wait, so that an outage does not cost each delivery a request time. A user who may not read it is no hindrance: then the names that ServiceNow ships are used. Thread-safe.
 */
public final class Dictionaries {
    private static final Logger LOG = LoggerFactory.getLogger(Dictionaries.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration KEPT_IF_UNREAD = Duration.ofMinutes(1);
    /** How long somebody waits for what another one asks: far less than a claim lasts, so that an outage does not use it up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What is written by default, and what both ways go by. */
    private static final List<String> CHOICES =
            List.of("state", "close_code", "resolution_code", "impact", "urgency", "priority", "severity", "category");

    /** What else is written, whatever the profile. */
    private static final List<String> REFERENCES =
            List.of("correlation_id", "caller_id", "assignment_group", "assigned_to", "parent");

    /**
     * @param dictionary null if nothing is known yet
     * @param failure why nothing is known; null if something is
     */
    private record Kept(Dictionary dictionary, Instant until, NotNow failure) {}

    /** One table: one thread at a time asks for it. */
    private static final class Asked {
        private final ReentrantLock turn = new ReentrantLock();
        private volatile Kept kept;
    }

    private final Map<String, Asked> tables = new ConcurrentHashMap<>();
    private final Questions questions;
    private final List<String> choices;
    private final List<String> columns;
    private final Clock clock;

    /** @param profiles whatever one of them sets may be given by label */
    public Dictionaries(Questions questions, Collection<ProfileSettings> profiles, Clock clock) {
        this.questions = questions;
        this.choices = Stream.concat(
                        CHOICES.stream(),
                        profiles.stream().flatMap(profile -> ProfileColumns.of(profile).keySet().stream()))
                .filter(column -> !TicketFile.TEXTS.contains(column))
                .distinct()
                .toList();
        this.columns = Stream.of(TicketFile.TEXTS, REFERENCES, choices)
                .flatMap(List::stream)
                .toList();
        this.clock = clock;
    }

    /** @throws NotNow if nothing is known of the table, and may be known later */
    public Dictionary of(String table) {
        Asked asked = tables.computeIfAbsent(table, name -> new Asked());
        Kept kept = asked.kept;
        if (isOver(kept)) {
            boolean isKnown = kept != null && kept.dictionary() != null;
            if (begin(asked, isKnown ? Duration.ZERO : PATIENCE)) {
                try {
                    if (isOver(asked.kept)) {
                        asked.kept = read(table, asked.kept);
                    }
                    kept = asked.kept;
                } finally {
                    asked.turn.unlock();
                }
            } else if (!isKnown) {
                throw new NotNow("what ServiceNow says of " + table + " is awaited", PATIENCE);
            }
        }
        return told(kept);
    }

    /** The same without asking: what ServiceNow has taken already must not fail for a question. */
    public Dictionary known(String table) {
        Asked asked = tables.get(table);
        Kept kept = asked == null ? null : asked.kept;
        return kept == null || kept.dictionary() == null ? Dictionary.EMPTY : kept.dictionary();
    }

    private boolean isOver(Kept kept) {
        return kept == null || !clock.instant().isBefore(kept.until());
    }

    private static boolean begin(Asked asked, Duration patience) {
        try {
            return asked.turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Dictionary told(Kept kept) {
        if (kept.failure() == null) {
            return kept.dictionary();
        }
        NotNow failure = kept.failure();
        Duration left = Duration.between(clock.instant(), kept.until());
        throw new NotNow(failure.getMessage(), left.isNegative() ? Duration.ZERO : left, failure.getCause());
    }

    private Kept read(String table, Kept former) {
        Dictionary last = former == null ? null : former.dictionary();
        try {
            return read(table, last == null ? Dictionary.EMPTY : last);
        } catch (NotNow | WrongAnswer e) {
            if (last == null && e instanceof NotNow later) {
                return new Kept(null, clock.instant().plus(later.getWait()), later);
            }
            say(table, "dictionary", e);
            return new Kept(
                    last == null ? Dictionary.EMPTY : last, clock.instant().plus(KEPT_IF_UNREAD), null);
        }
    }

    /** Who may see the one part may often not see the other. */
    private Kept read(String table, Dictionary last) {
        List<String> tables = TableHierarchy.of(table, this::toldOrNothing);
        Dictionary chosen = told(
                table,
                "choices",
                last,
                () -> Dictionary.of(tables, ChoiceRows.read(questions::rows, tables, choices), List.of()));
        Dictionary described = told(
                table,
                "columns",
                last,
                () -> Dictionary.of(
                        tables,
                        List.of(),
                        questions.rows(ServiceNowCall.find(
                                "sys_dictionary",
                                EncodedQuery.whereIn("name", tables).in("element", columns),
                                "name,element,max_length,internal_type",
                                500))));
        return new Kept(
                new Dictionary(chosen.choices(), described.lengths(), described.columns()),
                clock.instant().plus(chosen == last ? KEPT_IF_UNREAD : KEPT),
                null);
    }

    /** Of a part that is refused holds what was known before. */
    private static Dictionary told(String table, String part, Dictionary last, Supplier<Dictionary> ask) {
        try {
            return ask.get();
        } catch (NotTold e) {
            say(table, part, e);
            return last;
        }
    }

    private static void say(String table, String part, RuntimeException e) {
        LOG.info(
                "The instance's {} can't be read; what is known of them is used, or what ServiceNow ships. table={} cause=\"{}\"",
                part,
                table,
                PlainText.cut(PlainText.oneLine(String.valueOf(e.getMessage())), 200));
    }

    /** What a table extends is worth knowing, and no reason to go without its choices. */
    private List<Map<String, Object>> toldOrNothing(ServiceNowCall call) {
        try {
            return questions.rows(call);
        } catch (NotTold e) {
            return List.of();
        }
    }
}
