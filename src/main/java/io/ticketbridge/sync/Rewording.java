package io.ticketbridge.sync;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.TicketRecord;
import io.ticketbridge.ticket.Wording;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A title may say how bad its case is: where that changes, the words follow, unless a person wrote others. */
final class Rewording {
    private final Agreement base;
    private final Map<SyncField, String> now;
    private final String check;
    private final TicketRecord record;
    private final Wording wording;

    Rewording(Agreement base, Finding finding, TicketRecord record, Wording wording) {
        this.base = base;
        this.now = SourceFields.of(finding);
        this.check = finding.check();
        this.record = record;
        this.wording = wording;
    }

    SyncPlan of(SyncPlan plan) {
        Map<SyncField, String> words = new EnumMap<>(SyncField.class);
        if (plan.action() != Action.NOTHING || record.phase() == Phase.OPEN) {
            for (SyncField field : List.of(SyncField.NAME, SyncField.DESCRIPTION)) {
                boolean isPlanned = plan.toServiceNow().containsKey(field)
                        || plan.toSource().containsKey(field);
                if (!isPlanned && isAsAgreed(field) && isOutdated(field)) {
                    words.put(field, now.get(field));
                }
            }
        }
        return words.isEmpty()
                ? plan
                : plan.wordedAnew(words, "the ticket names the severity that the " + check + " has now");
    }

    private boolean isAsAgreed(SyncField field) {
        Both agreed = base.fields().get(field);
        return agreed != null
                && now.get(field).equals(agreed.source())
                && agreed.ticket().equals(record.fields().get(field));
    }

    private boolean isOutdated(SyncField field) {
        return wording.isOfAnotherSeverity(
                field, now.get(field), record.fields().get(field));
    }
}
