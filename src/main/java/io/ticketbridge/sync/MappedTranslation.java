package io.ticketbridge.sync;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Wording;
import java.util.Map;
import java.util.Optional;

/**
 * Status, priority and findings by the profile's maps, name and description by its templates.
 *
 * @param maps the profile's, narrowed to the source
 * @param choices per field label to value of the ticket's column, as far as they are known
 */
public record MappedTranslation(SyncMaps maps, Map<SyncField, Map<String, String>> choices, Wording wording)
        implements Translation {
    @Override
    public Optional<String> toSource(SyncField field, String ticketValue) {
        if (isText(field)) {
            return wording.inner(field, ticketValue);
        }
        return maps.sourceValues(field).stream()
                .filter(value -> holds(field, value, ticketValue))
                .findFirst();
    }

    @Override
    public boolean agrees(SyncField field, String sourceValue, String ticketValue) {
        if (isText(field)) {
            return plain(wording.shown(field, sourceValue)).equals(plain(ticketValue));
        }
        return field == SyncField.FINDINGS && ticketValue.isEmpty() || holds(field, sourceValue, ticketValue);
    }

    /** A priority is written by the profile's columns for a severity, which need no map. */
    @Override
    public boolean reachesTicket(SyncField field, String sourceValue) {
        return isText(field)
                || field == SyncField.PRIORITY
                || !maps.ticketValues(field, sourceValue, choicesOf(field)).isEmpty();
    }

    private boolean holds(SyncField field, String sourceValue, String ticketValue) {
        return maps.ticketValues(field, sourceValue, choicesOf(field)).contains(ticketValue);
    }

    private Map<String, String> choicesOf(SyncField field) {
        return choices.getOrDefault(field, Map.of());
    }

    private static boolean isText(SyncField field) {
        return field == SyncField.NAME || field == SyncField.DESCRIPTION;
    }

    /** ServiceNow rewrites line ends and takes blanks off the end of a text. */
    private static String plain(String text) {
        return text.replace("\r\n", "\n").stripTrailing();
    }
}
