package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.AcceptedRisk;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from a ticket's row whether a person closed it as an accepted risk, and until when, as its profile says. */
public final class AcceptanceReader {
    private final Settings settings;
    private final Clock clock;

    public AcceptanceReader(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The call that reads the columns, and with them what tells an accepted risk where any profile asks for it: a ticket's profile may
     * be of another table by now.
     */
    public ServiceNowCall find(String table, EncodedQuery query, String columns, int limit) {
        Set<String> all = new LinkedHashSet<>(List.of(columns.split(",")));
        settings.profiles().values().stream()
                .filter(profile -> !profile.acceptedRisk().isOff())
                .forEach(profile -> {
                    all.addAll(List.of(closeCode(table), "resolved_at", "closed_at"));
                    profile.acceptedRisk().untilField().ifPresent(all::add);
                });
        String asked = String.join(",", all);
        // People name a close code by its label, and the row has its value.
        return asked.equals(columns)
                ? ServiceNowCall.find(table, query, columns, limit)
                : ServiceNowCall.findBoth(table, query, asked, limit);
    }

    /**
     * Null if nobody accepted it; what is known of it where the row or the settings can't tell. A summary ticket accepts nothing: who
     * takes note of one storm is told of the next.
     */
    public Acceptance of(Ticket ticket, Map<String, Object> row) {
        if (ticket.head().isStorm()) {
            return null;
        }
        AcceptedRisk risk = settings.profileOf(ticket).acceptedRisk();
        String column = closeCode(ticket.table());
        if (!risk.isOff() && !row.containsKey(column)) {
            // A column that may not be read any more says nothing: a person's decision stands.
            return ticket.acceptance();
        }
        String shown = Row.shown(row, column).strip();
        boolean accepted = Stream.of(Row.text(row, column).strip(), shown)
                .anyMatch(said -> risk.closeCodes().stream().anyMatch(said::equalsIgnoreCase));
        return accepted ? new Acceptance(shown, until(risk, ticket, shown, row)) : null;
    }

    private Instant until(AcceptedRisk risk, Ticket ticket, String as, Map<String, Object> row) {
        Instant named =
                risk.untilField().map(field -> time(Row.text(row, field))).orElse(null);
        if (named != null || risk.days().isEmpty()) {
            return named;
        }
        Duration days = Duration.ofDays(risk.days().getAsInt());
        return Stream.of("resolved_at", "closed_at")
                .map(column -> Row.time(Row.text(row, column)))
                .filter(Objects::nonNull)
                .findFirst()
                .map(ended -> ended.plus(days))
                .orElseGet(() -> sinceFirstSeen(ticket.acceptance(), as, days));
    }

    /** Some tables don't say when a record was closed: then it counts from when it was seen so. */
    private Instant sinceFirstSeen(Acceptance before, String as, Duration days) {
        return before != null && before.as().equals(as) && before.until() != null
                ? before.until()
                : clock.instant().plus(days);
    }

    /** A day counts from its beginning, UTC: until then the risk is accepted. */
    private static Instant time(String text) {
        try {
            Instant time = Row.time(text);
            return time != null || text.isEmpty()
                    ? time
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static String closeCode(String table) {
        return SyncColumns.of(table, SyncField.FINDINGS);
    }
}
