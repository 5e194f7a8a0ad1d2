package io.ticketbridge.sync;

import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What brings a ticket and its case or alert into step. What is overruled or untranslated is noted before or together with
 * the write that follows from it: after that write the value is not found any more.
 *
 * @param toServiceNow what the ticket gets, in the source's vocabulary
 * @param toVisionOne what the case or alert gets, in its own vocabulary
 * @param overruled values that gave way to the other side's, for a note
 * @param untranslated values that the other side can't take, for a note there
 * @param unmappedStates states of the ticket, or a status of the source, without a list: nothing is done about them until
 *     they have one
 * @param needsFindings whether the source is to be closed while nobody has said with what result; what a new one says is none
 * @param agreed what both sides agree on once all of this is done; a ticket's value that is null is what ServiceNow answers
 */
public record Merged(
        Map<SyncField, String> toServiceNow,
        Map<SyncField, String> toVisionOne,
        List<Overruled> overruled,
        List<Untranslated> untranslated,
        List<String> unmappedStates,
        boolean needsFindings,
        Map<SyncField, Both> agreed) {

    /** A value, in the words of the side that lost it. */
    public record Overruled(SyncField field, Side loser, String value) {}

    /** A value, in the words of the side that has it. */
    public record Untranslated(SyncField field, Side from, String value) {}

    public Merged {
        toServiceNow = ordered(toServiceNow);
        toVisionOne = ordered(toVisionOne);
        overruled = List.copyOf(overruled);
        untranslated = List.copyOf(untranslated);
        unmappedStates = List.copyOf(unmappedStates);
        agreed = ordered(agreed);
    }

    private static <T> Map<SyncField, T> ordered(Map<SyncField, T> map) {
        Map<SyncField, T> copy = new EnumMap<>(SyncField.class);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }
}
