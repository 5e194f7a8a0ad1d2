package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.Dictionary;
import io.ticketbridge.deliver.instance.ProfileDefaults;
import io.ticketbridge.deliver.instance.ShippedChoices;
import io.ticketbridge.deliver.servicenow.Journal;
import io.ticketbridge.deliver.sweep.Sweep;
import io.ticketbridge.ticket.References;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what closes a record for another that stands for the same group. */
final class DuplicateDraft {
    private DuplicateDraft() {}

    /** @param dictionary of the table of the record that is closed */
    static ServiceNowCall closing(Sweep.Duplicate duplicate, Dictionary dictionary) {
        String table = duplicate.stray().table();
        String why = "Duplicate of " + duplicate.keptNumber()
                + ": the request that made this record was carried out after it had been given up";
        Map<String, String> defaults = new LinkedHashMap<>(ProfileDefaults.onResolve(table));
        defaults.replaceAll((column, value) -> column.endsWith("_notes") ? why : value);
        Map<String, String> fields =
                new LinkedHashMap<>(new ShippedChoices(duplicate.profile(), table, dictionary).known(defaults));
        // Where the instance has no such choice, the profile may name its own; a record that stays open is said.
        duplicate.profile().onResolve().forEach((column, own) -> {
            if (defaults.containsKey(column) && !fields.containsKey(column) && !own.contains("${")) {
                fields.put(column, own);
            }
        });
        fields.put("parent", duplicate.keptSysId());
        fields.put("correlation_id", duplicate.stray().correlationId() + Sweep.DUPLICATE);
        fields.put(
                "work_notes",
                Journal.text(why + "\n\n"
                        + References.ending(
                                References.ofOpening(duplicate.stray().sysId()))));
        return ServiceNowCall.update(table, duplicate.stray().sysId(), dictionary.fitting(fields));
    }
}
