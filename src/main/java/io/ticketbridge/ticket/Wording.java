package io.ticketbridge.ticket;

import java.util.Optional;

/** How a text of the source stands in a ticket's column: within the profile's template, and cut to the column. */
public interface Wording {
    /** The column's text for this text of the source. */
    String shown(SyncField field, String sourceText);

    /** The source's text in a column's text; empty if the template can't be taken off. */
    Optional<String> inner(SyncField field, String ticketText);

    /** Whether a column's text is that for this text of the source, were the source as severe as it is not. */
    default boolean isOfAnotherSeverity(SyncField field, String sourceText, String ticketText) {
        return false;
    }
}
