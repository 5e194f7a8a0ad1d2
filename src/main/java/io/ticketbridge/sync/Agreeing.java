package io.ticketbridge.sync;

import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What both sides agree on after the writes: the base of the next merge (P24). That ticketbridge does not hear its own echo
 * (P25) rests on it. Pure.
 */
final class Agreeing {
    private Agreeing() {}

    /**
     * @param base what they agreed on before; a field that one side refused, or of which nothing is known, goes by it still
     * @param planned what they agree on once all is done; a ticket's value that is null is what ServiceNow answered
     * @param toSource the fields that the source was to get
     * @param resolves whether the write closed the ticket: what it then says of findings is ServiceNow's to say
     * @param read the ticket's raw values as they were
     * @param answered its raw values as ServiceNow answered the write; null if nothing was written there
     * @param refused whether the source refused the fields that it was to get
     * @param untaken what the ticket was to get and has not: the source's value is news to it still, and its own is nobody's change
     */
    static Map<SyncField, Both> fields(
            Map<SyncField, Both> base,
            Map<SyncField, Both> planned,
            Set<SyncField> toSource,
            boolean resolves,
            Map<SyncField, String> read,
            Map<SyncField, String> answered,
            boolean refused,
            Set<SyncField> untaken) {
        Map<SyncField, String> after = answered == null ? read : answered;
        Map<SyncField, Both> fields = new EnumMap<>(SyncField.class);
        planned.forEach((field, both) -> {
            boolean asAnswered = both.ticket() == null || answered != null && resolves && field == SyncField.FINDINGS;
            Both agreed = asAnswered ? new Both(both.source(), after.get(field)) : both;
            if (untaken.contains(field)) {
                Both before = base.get(field);
                agreed = new Both(before == null ? "" : before.source(), after.get(field));
            } else if (agreed.ticket() == null || refused && toSource.contains(field)) {
                agreed = base.get(field);
            }
            if (agreed != null) {
                fields.put(field, agreed);
            }
        });
        return fields;
    }
}
