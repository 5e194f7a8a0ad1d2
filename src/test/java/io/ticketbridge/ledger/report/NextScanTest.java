package io.ticketbridge.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.report.NextScan.Group;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the next scan is said to do, by example. Columns: the situation; the group, in words of {@link #group}; its ticket, as {@code PHASE
 * [for N days][, reached][, accepted [until DATE]]}; what is set of the flow; what is said.
 */
class NextScanTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static final String FINDINGS =
            """
            no ticket, nothing fails      |                  | none        | | OPENS: a failure opens its ticket: there is none yet
            the first ticket is owed      | fails, pending   | none        | | NOTHING: an unchanged failure opens nothing: what is owed already comes first
            a breaker holds the first     | fails, held      | none        | | ASKS_AGAIN: an unchanged failure asks again for what is held
            opening was refused           | fails, dead      | INTENDED    | | NOTHING: an unchanged failure opens nothing: ServiceNow refused to open its ticket for good; replay, or news of it, tries again
            an update was refused         | fails, dead      | OPEN        | | NOTHING: an unchanged failure opens nothing: ServiceNow refused the last write for good; replay, or news of it, tries again
            the backlog                   | fails, silenced  | none        | | NOTHING: an unchanged failure opens nothing: it belongs to the backlog that the baseline silenced; what starts to fail is news
            it covers the failure         | fails            | OPEN        | | NOTHING: an unchanged failure opens nothing: INC7 covers it until it has reached resolved (new-ticket-when-status)
            with days                     | fails            | OPEN for 10 days | new-ticket-after-days=30 | NOTHING: an unchanged failure opens nothing: INC7 covers it until it has reached resolved (new-ticket-when-status); from 2026-12-21T12:00:00Z on another is opened, new-ticket-after-days is 30
            too old                       | fails            | OPEN for 30 days | new-ticket-after-days=30 | OPENS: an unchanged failure opens another ticket: INC7 is open since 30 days, new-ticket-after-days is 30
            too old, and an update owed   | fails, pending   | OPEN for 30 days | new-ticket-after-days=30 | NOTHING: an unchanged failure opens nothing: what is owed already comes first
            waits for closed              | fails            | RESOLVED    | new-ticket-when-status=closed | NOTHING: an unchanged failure opens nothing: INC7 covers it until it has reached closed (new-ticket-when-status)
            reached its status            | fails, released  | RESOLVED, reached | | OPENS: an unchanged failure opens another ticket: INC7 has reached resolved (new-ticket-when-status), on-recurrence is new-ticket
            the same, decided before      | fails, loose end | RESOLVED, reached | | OPENS: an unchanged failure opens another ticket: INC7 has reached resolved (new-ticket-when-status), on-recurrence is new-ticket
            and is reopened               | fails, released  | RESOLVED, reached | on-recurrence=reopen | REOPENS: an unchanged failure reopens INC7: it has reached resolved (new-ticket-when-status), on-recurrence is reopen
            or too old for that           | fails, released  | RESOLVED for 40 days, reached | on-recurrence=reopen, new-ticket-after-days=30 | OPENS: an unchanged failure opens another ticket: INC7 has reached resolved (new-ticket-when-status) and is too old for more, new-ticket-after-days is 30
            or gets a comment             | fails, released  | RESOLVED, reached | on-recurrence=comment | COMMENTS: an unchanged failure comments on INC7: it has reached resolved (new-ticket-when-status), on-recurrence is comment
            and has one                   | fails, loose end | RESOLVED, reached | on-recurrence=comment | NOTHING: an unchanged failure opens nothing: INC7 was told of it, on-recurrence is comment; once it is closed for good, another is opened
            opened again by a person      | fails            | OPEN, reached | on-recurrence=reopen | NOTHING: an unchanged failure opens nothing: INC7 covers it until it has reached resolved (new-ticket-when-status)
            closed for good               | fails, released  | CLOSED, reached | on-recurrence=reopen | OPENS: an unchanged failure opens another ticket: INC7 is closed for good, where ServiceNow takes no more changes
            deleted                       | fails, released  | DELETED, reached | | OPENS: an unchanged failure opens another ticket: INC7 was deleted
            accepted                      | accepted         | CLOSED, reached, accepted until 2027-03-01 | | NOTHING: an unchanged failure opens nothing: INC7 was closed as an accepted risk until 2027-03-01
            accepted until now            | accepted         | CLOSED, reached, accepted until 2026-12-01 | | OPENS: an unchanged failure opens another ticket: INC7 has reached resolved (new-ticket-when-status), on-recurrence is new-ticket
            fixed, the ticket is open     |                  | OPEN        | | JOINS: a failure that comes back joins INC7, which is open
            fixed and resolved by us      |                  | RESOLVED    | | JOINS: a failure that comes back is told to INC7; once that has reached resolved (new-ticket-when-status), on-recurrence decides, which is new-ticket
            fixed and seen resolved       | released         | RESOLVED, reached | on-recurrence=reopen | REOPENS: a failure that comes back reopens INC7: it has reached resolved (new-ticket-when-status), on-recurrence is reopen
            fixed, its closing is held    | held             | OPEN        | | JOINS: a failure that comes back joins INC7, which is open
            """;

    private static final String CASES =
            """
            both are open                 | fails                 | OPEN     | | NOTHING: the case opens no other ticket: it and INC7 are kept in step
            with days                     | fails                 | OPEN for 10 days | new-ticket-after-days=30 | NOTHING: the case opens no other ticket: it and INC7 are kept in step; from 2026-12-21T12:00:00Z on another is opened, new-ticket-after-days is 30
            too old                       | fails                 | OPEN for 31 days | new-ticket-after-days=30 | OPENS: the case opens another ticket when it is read again: INC7 is open since 31 days, new-ticket-after-days is 30
            the ticket was deleted        | fails                 | DELETED, reached | | NOTHING: the case opens no other ticket: INC7 was deleted, and what is kept in step is never made again
            closed, the ticket left open  | agreed closed         | OPEN     | | NOTHING: the case opens no other ticket: it and INC7 are kept in step
            both are closed               | agreed closed         | RESOLVED, reached | | REOPENS: once the case is open again, it reopens INC7, on-recurrence is reopen
            the flow wants a new one      | agreed closed         | RESOLVED, reached | on-recurrence=new-ticket | OPENS: once the case is open again, it opens another ticket: INC7 has reached resolved (new-ticket-when-status), on-recurrence is new-ticket
            resolved just now             | agreed closed         | RESOLVED | on-recurrence=new-ticket | REOPENS: once the case is open again, it reopens INC7; or, if that has reached resolved (new-ticket-when-status) by then, opens another, on-recurrence is new-ticket
            closed for good               | agreed closed         | CLOSED, reached | | OPENS: once the case is open again, it opens another ticket: INC7 is closed for good, where ServiceNow takes no more changes
            opening was refused           | fails, dead           | INTENDED | | NOTHING: an unchanged failure opens nothing: ServiceNow refused to open its ticket for good; replay, or news of it, tries again
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = FINDINGS)
    void p8_an_unchanged_failure(String situation, String group, String ticket, String settings, String said) {
        says(group, ticket, settings, Map.of(), "finding", said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = CASES)
    void p23_a_case(String situation, String group, String ticket, String settings, String said) {
        says(
                group,
                ticket,
                settings,
                Map.of("source", "vision-one-cases", "vision-one.url", "https://v1", "vision-one.token", "token"),
                "case",
                said);
    }

    private static void says(
            String group, String ticket, String settings, Map<String, String> source, String word, String said) {
        Map<String, String> keys = new HashMap<>(source);
        for (String setting : settings == null ? new String[0] : settings.split(", ")) {
            keys.put(setting.split("=")[0], setting.split("=")[1]);
        }
        FlowSettings flow = Flow.with(keys);
        NextScan.Said next = NextScan.of(group(group == null ? "" : group, word), ticket(ticket), flow, NOW);
        assertThat(next.outcome() + ": " + next.text()).isEqualTo(said);
    }

    private static Group group(String told, String word) {
        return new Group(
                told.contains("silenced"),
                told.contains("released"),
                told.contains("pending"),
                told.contains("held"),
                told.contains("dead"),
                told.contains("loose end"),
                told.contains("fails"),
                told.contains("accepted"),
                told.contains("agreed closed"),
                word);
    }

    private static Optional<Ticket> ticket(String told) {
        if (told.equals("none")) {
            return Optional.empty();
        }
        Phase phase = Phase.valueOf(told.split("[ ,]")[0]);
        Matcher days = Pattern.compile("for (\\d+) days").matcher(told);
        Matcher until = Pattern.compile("until (\\S+)").matcher(told);
        boolean isThere = phase != Phase.INTENDED;
        return Optional.of(new Ticket(
                new UUID(0, 1),
                1,
                Flow.NAME,
                "incident",
                "incident",
                Ticket.correlationId(new UUID(0, 1), 1),
                isThere ? "id" : null,
                isThere ? "INC7" : null,
                isThere ? "1" : null,
                phase,
                told.contains("reached"),
                isThere ? NOW.minus(Duration.ofDays(days.find() ? Long.parseLong(days.group(1)) : 1)) : null,
                told.contains("accepted")
                        ? new Acceptance(
                                "Risk accepted", until.find() ? Instant.parse(until.group(1) + "T00:00:00Z") : null)
                        : null,
                Map.of(),
                null));
    }
}
