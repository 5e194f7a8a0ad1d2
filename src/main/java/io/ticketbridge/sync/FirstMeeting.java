package io.ticketbridge.sync;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketRecord;
import java.util.EnumMap;
import java.util.Map;

/**
 * A ticket was written before it was kept in step: of the case it shows what it was last told. What the case has changed since is
 * news of the case, and where it was left open for a closed case, that stands. The rest has no base, and its owner decides (P24).
 */
final class FirstMeeting {
    private final Pair pair;
    private final Map<SyncField, String> shown;
    private final Map<SyncField, String> now;
    private final TicketRecord record;
    private final Translation translation;

    private FirstMeeting(Pair pair, Ticket ticket, Finding finding, TicketRecord record, Translation translation) {
        this.pair = pair;
        this.shown = SourceFields.of(ticket.head());
        this.now = SourceFields.of(finding);
        this.record = record;
        this.translation = translation;
    }

    /** @return the pair with the base that the two have; as it is if they met before, or nothing was ever written */
    static Pair of(Pair pair, Ticket ticket, Finding finding, TicketRecord record, Translation translation) {
        return pair.version() > 0 || ticket.sentFields().isEmpty()
                ? pair
                : new FirstMeeting(pair, ticket, finding, record, translation).based();
    }

    private Pair based() {
        Map<SyncField, Both> base = new EnumMap<>(SyncField.class);
        record.fields().forEach((field, value) -> {
            if (field == SyncField.STATUS ? isKnownStatus(value) : field != SyncField.FINDINGS && isChanged(field)) {
                base.put(field, new Both(shown.get(field), value));
            }
        });
        return pair.basedOn(new Agreement(base, Map.of(), Map.of()));
    }

    private boolean isKnownStatus(String state) {
        boolean shownClosed = Closure.CLOSED.equals(shown.get(SyncField.STATUS));
        if (!isChanged(SyncField.STATUS)) {
            return shownClosed && !translation.agrees(SyncField.STATUS, Closure.CLOSED, state);
        }
        // One that a person has closed meanwhile was changed, too.
        return shownClosed || !record.phase().isOver();
    }

    private boolean isChanged(SyncField field) {
        return !SyncMaps.isSame(shown.get(field), now.get(field));
    }
}
