package io.ticketbridge.sandbox.servicenow;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes and comments: one record of {@code sys_journal_field} for each, which the columns themselves never show. */
final class Journal {

    private final Store store;
    private final SysIds ids;

    Journal(Store store, SysIds ids) {
        this.store = store;
        this.ids = ids;
    }

    void append(Row record, String element, String text, String userName, String now) {
        Map<String, String> values = new HashMap<>();
        values.put("sys_id", ids.next());
        values.put("name", record.table.name);
        values.put("element", element);
        values.put("element_id", record.sysId());
        values.put("value", text);
        values.put("sys_created_on", now);
        values.put("sys_created_by", userName);
        store.put(Row.of(store.dictionary.table("sys_journal_field"), values));
    }

    /** The entries of a record in the order in which they were written. */
    List<Row> entries(String sysId) {
        return store.lookup("sys_journal_field", "element_id", sysId);
    }

    /** The text that a person sees: newest first, each under its time, author and label. */
    String conversation(Row record, Column column, ZoneId zone) {
        List<Row> newestFirst = new ArrayList<>(entries(record.sysId()));
        Collections.reverse(newestFirst);
        StringBuilder text = new StringBuilder();
        for (Row entry : newestFirst) {
            Column written = record.table.column(entry.get("element"));
            if (column.isConversation() || column.name().equals(written.name())) {
                text.append(Moments.shown(entry.get("sys_created_on"), zone))
                        .append(" - ")
                        .append(author(entry.get("sys_created_by")))
                        .append(" (")
                        .append(written.label())
                        .append(")\n")
                        .append(entry.get("value"))
                        .append("\n\n");
            }
        }
        return text.toString();
    }

    private String author(String userName) {
        return store.lookup("sys_user", "user_name", userName).stream()
                .map(row -> row.get("name"))
                .findFirst()
                .orElse(userName);
    }
}
