package io.ticketbridge.deliver;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the ledger remembers of the columns that were written: journals are not columns that hold a value. */
final class SentFields {
    private SentFields() {}

    static Map<String, String> of(Map<String, String> sent) {
        return merge(Map.of(), sent);
    }

    static Map<String, String> merge(Map<String, String> before, Map<String, String> sent) {
        Map<String, String> merged = new LinkedHashMap<>(before);
        merged.putAll(sent);
        merged.remove("work_notes");
        merged.remove("comments");
        return merged;
    }
}
