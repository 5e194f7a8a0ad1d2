package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.instance.Caller;
import io.ticketbridge.deliver.text.TicketText;
import java.util.Map;

/** What only an opening sends: whom a ticket is from, whose it is, and the profile's own. */
final class OpeningColumns {
    private final Caller caller;
    private final TicketTexts texts;

    OpeningColumns(Caller caller, TicketTexts texts) {
        this.caller = caller;
        this.texts = texts;
    }

    void put(ProfileSettings profile, TicketText text, Map<String, String> into) {
        putIf(into, "caller_id", profile.caller().isEmpty() ? caller.sysId() : profile.caller());
        putIf(into, "assignment_group", profile.assignmentGroup());
        putIf(into, "assigned_to", profile.assignedTo());
        texts.render(profile.onOpen(), text, into);
    }

    private static void putIf(Map<String, String> into, String column, String value) {
        if (!value.isEmpty()) {
            into.put(column, value);
        }
    }
}
