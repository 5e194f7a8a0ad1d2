package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.TicketColumns;
import io.ticketbridge.deliver.instance.Dictionaries;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.TicketRecords;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.DeliveryListener;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** Takes what ServiceNow answered a write: verified, recorded and said (P17). Thread-safe. */
public final class Recording {
    private final Groups groups;
    private final Tickets tickets;
    private final TicketRecords records;
    private final Pairs pairs;
    private final DeadLetters deadLetters;
    private final Attachments attachments;
    private final Dictionaries dictionaries;
    private final DeliveryListener listener;
    private final Circuits circuits;
    private final Settling settling;
    private final Logger log;
    /** Of a profile's columns that are not verified it is said once. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** @param log where each write is said; a plan says nothing of what it does not do */
    public Recording(
            Groups groups,
            Tickets tickets,
            TicketRecords records,
            Pairs pairs,
            DeadLetters deadLetters,
            Attachments attachments,
            Dictionaries dictionaries,
            DeliveryListener listener,
            Circuits circuits,
            Settling settling,
            Logger log) {
        this.groups = groups;
        this.tickets = tickets;
        this.records = records;
        this.pairs = pairs;
        this.deadLetters = deadLetters;
        this.attachments = attachments;
        this.dictionaries = dictionaries;
        this.listener = listener;
        this.circuits = circuits;
        this.settling = settling;
        this.log = log;
    }

    /** ServiceNow answered the write: verified, recorded, said. */
    public void record(Delivery delivery, Map<String, Object> answer) {
        String table = delivery.table();
        Seen seen = asKept(delivery, Row.seen(table, answer));
        if (delivery.intent().kind() == Intent.Kind.OPENED && seen.sysId().isEmpty()) {
            throw new WrongAnswer("ServiceNow answered the new record without its sys_id");
        }
        // Recorded all the same, by its sys_id: else each retry would look for it in vain and open another.
        Map<String, String> sent = new HashMap<>(delivery.sent());
        String key = sent.get("correlation_id");
        boolean isKeyTaken = key == null || key.equals(Row.text(answer, "correlation_id"));
        if (!isKeyTaken) {
            sent.remove("correlation_id");
        }
        Verification verification = Verification.of(
                        table, dictionaries.known(table).columns(), delivery.sent(), answer)
                .andOf(phaseProblem(delivery, seen));
        report(delivery, verification, seen);
        delivery.untaken(verification.untaken());
        delivery.ends(seen.phase().isOver());
        // What is kept in step, and what has attachments, is not done with yet.
        boolean last = !delivery.isInStep() && !attachments.areOwed(delivery) && !Settling.isAnotherLeftOpen(delivery);
        groups.atOnce(delivery.claimed(), () -> {
            recordSeen(delivery, seen, verification.problem(), sent, last);
            pair(delivery, answer);
            if (last) {
                settling.closeLetters(delivery);
            }
        });
        if (last) {
            delivery.settled();
        }
        say(delivery, seen);
        if (isKeyTaken) {
            circuits.passed(delivery);
        } else {
            circuits.refused(delivery, verification.problem());
        }
    }

    /** Reopening it again and again would bring a note with every scan: what comes back has another ticket. */
    private static Seen asKept(Delivery delivery, Seen seen) {
        return isNotReopened(delivery, seen)
                ? new Seen(seen.sysId(), seen.number(), seen.state(), Phase.CLOSED, seen.openedAt())
                : seen;
    }

    private static boolean isNotReopened(Delivery delivery, Seen seen) {
        return delivery.intent().kind() == Intent.Kind.REOPENED
                && !delivery.isInStep()
                && seen.phase().isOver();
    }

    private static Optional<String> reopeningProblem(Delivery delivery, Seen seen) {
        return isNotReopened(delivery, seen)
                ? Optional.of("the ticket was to be reopened and stays in state '" + seen.state()
                        + "': the next scan that flags the problem opens another; if that is a state of your own, set"
                        + " ticketbridge.profile." + delivery.profile().name() + ".on-reopen.state")
                : Optional.empty();
    }

    /** Whatever was sent, a ticket that is open is not resolved. Where the profile names the state itself, that is its word. */
    private static Optional<String> phaseProblem(Delivery delivery, Seen seen) {
        Optional<String> notReopened = reopeningProblem(delivery, seen);
        if (notReopened.isPresent()) {
            return notReopened;
        }
        boolean isLeftOpen = delivery.intent().kind() == Intent.Kind.RESOLVED
                && !delivery.isInStep()
                && !seen.phase().isOver()
                && !delivery.profile().onResolve().containsKey("state");
        return isLeftOpen
                ? Optional.of("state '" + seen.state() + "' of " + delivery.table()
                        + " is an open one, and the ticket was to be resolved: set ticketbridge.profile."
                        + delivery.profile().name() + ".on-resolve.state")
                : Optional.empty();
    }

    /** A look-up found the record that was to be opened. What was sent is not known any more, so nothing is verified. */
    void found(Delivery delivery, Map<String, Object> row) {
        Seen seen = Row.seen(delivery.ticket().table(), row);
        groups.atOnce(delivery.claimed(), () -> {
            recordSeen(delivery, seen, null, Map.of(), false);
            pair(delivery, row);
        });
        say(delivery, seen);
    }

    /** A look-up found the note of a change. Whoever resolved the ticket since is not told from an instance that did not reopen it. */
    void foundChanged(Delivery delivery, Map<String, Object> row) {
        Seen seen = asKept(delivery, Row.seen(delivery.ticket().table(), row));
        Optional<String> problem = reopeningProblem(delivery, seen);
        problem.ifPresent(said -> notTaken(delivery, seen, said));
        delivery.ends(seen.phase().isOver());
        records.recordChanged(
                delivery.claimed(),
                delivery.intent(),
                seen,
                delivery.ticket().sentFields(),
                problem.orElse(null),
                false);
    }

    private void recordSeen(Delivery delivery, Seen seen, String problem, Map<String, String> sent, boolean last) {
        Intent intent = delivery.intent();
        delivery.recorded(seen.sysId(), seen.number());
        if (intent.kind() == Intent.Kind.OPENED) {
            records.recordOpened(delivery.claimed(), intent, seen, SentFields.of(sent), problem, last);
        } else {
            records.recordChanged(
                    delivery.claimed(),
                    intent,
                    seen,
                    SentFields.merge(delivery.ticket().sentFields(), sent),
                    problem,
                    last);
        }
    }

    /** A new ticket is in step with the case that it was opened from. */
    private void pair(Delivery delivery, Map<String, Object> answer) {
        if (!delivery.isInStep() || delivery.intent().kind() != Intent.Kind.OPENED) {
            return;
        }
        Head head = TicketRecords.headShown(delivery.claimed(), delivery.intent());
        Map<SyncField, Both> fields = new EnumMap<>(SyncField.class);
        TicketColumns.fields(delivery.table(), answer)
                .forEach((field, value) ->
                        fields.put(field, new Both(SourceFields.of(head).get(field), value)));
        pairs.opened(
                delivery.claimed(),
                delivery.intent().generation(),
                new Agreement(
                        fields,
                        SourceFields.others(head.attributes()),
                        Map.of(
                                TicketColumns.ASSIGNED_TO, Row.text(answer, TicketColumns.ASSIGNED_TO),
                                TicketColumns.CLOSE_NOTES, Row.text(answer, TicketColumns.CLOSE_NOTES))),
                Row.mark(answer),
                head.notes().stream().map(Editions::of).flatMap(List::stream).toList());
    }

    private void say(Delivery delivery, Seen seen) {
        Intent intent = delivery.intent();
        listener.written(delivery.flow().name(), intent.kind(), tickets.lag(delivery.claimed()));
        log.info(
                "Ticket {}. number={} table={} flow={} group=\"{}\" reason=\"{}\"",
                intent.kind().word(),
                seen.number(),
                delivery.table(),
                delivery.flow().name(),
                delivery.label(),
                PlainText.oneLine(intent.reason()));
    }

    private void report(Delivery delivery, Verification verification, Seen seen) {
        if (verification.problem() != null) {
            notTaken(delivery, seen, verification.problem());
        }
        for (String column : verification.unread()) {
            if (reported.add(delivery.profile().name() + "." + column)) {
                log.warn(
                        "A column is written and may not be read: whether it was taken is not known, and changes of it in"
                                + " ServiceNow are not seen; grant read access to {}.{}. profile={}",
                        delivery.table(),
                        column,
                        delivery.profile().name());
            }
        }
        for (String column : verification.rewritten()) {
            if (reported.add(delivery.profile().name() + "." + column)) {
                log.info(
                        "The instance rewrites a column as its rules say; this is said once. profile={} column={}",
                        delivery.profile().name(),
                        column);
            }
        }
    }

    private void notTaken(Delivery delivery, Seen seen, String problem) {
        log.error(
                "ServiceNow did not take all of a ticket. number={} profile={} problem=\"{}\"",
                seen.number(),
                delivery.profile().name(),
                problem);
        delivery.notTaken();
        deadLetters.refused(
                delivery.flow().name(),
                delivery.group().runId(),
                "not-taken",
                delivery.group().id(),
                problem,
                delivery.sent().toString());
    }
}
