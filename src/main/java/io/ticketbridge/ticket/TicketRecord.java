package io.ticketbridge.ticket;

import java.util.List;
import java.util.Map;

/**
 * A ticket as ServiceNow has it now.
 *
 * @param present whether the record is there at all
 * @param phase how far it has come
 * @param fields what it has in common with a case or alert, raw
 * @param values column to raw value
 * @param shown column to display value, for references
 * @param notes the journal, oldest first
 * @param wholeJournal whether a work note that is not in it is not on the ticket: else the user may only not see it
 * @param mark differs after every change of the record: time of the last update and number of updates
 */
public record TicketRecord(
        boolean present,
        Phase phase,
        Map<SyncField, String> fields,
        Map<String, String> values,
        Map<String, String> shown,
        List<TicketNote> notes,
        boolean wholeJournal,
        List<TicketFile> files,
        String mark) {

    /** The record is not there any more, or not for this user to see. */
    public static final TicketRecord GONE =
            new TicketRecord(false, Phase.DELETED, Map.of(), Map.of(), Map.of(), List.of(), false, List.of(), "");

    public TicketRecord {
        fields = Map.copyOf(fields);
        values = Map.copyOf(values);
        shown = Map.copyOf(shown);
        notes = List.copyOf(notes);
        files = List.copyOf(files);
    }

    public String value(String column) {
        return values.getOrDefault(column, "");
    }
}
