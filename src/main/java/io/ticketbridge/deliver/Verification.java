package io.ticketbridge.deliver;

import io.ticketbridge.finding.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what ServiceNow answered with what was sent: it ignores unknown columns and bad values silently (P17).
 *
 * @param problems what somebody must act on, each naming the column
 * @param rewritten columns whose value the instance changed as it may
 */
record Verification(List<String> problems, List<String> rewritten) {
    private static final Set<String> JOURNALS = Set.of("work_notes", "comments");
    /** Columns whose other value means that the write did not do what it was for. */
    private static final Set<String> MUST_HOLD =
            Set.of("state", "close_code", "resolution_code", "correlation_id", "impact", "urgency");

    static Verification of(String table, Map<String, String> sent, Map<String, Object> answered) {
        List<String> problems = new ArrayList<>();
        List<String> rewritten = new ArrayList<>();
        sent.forEach((column, value) -> {
            if (JOURNALS.contains(column)) {
                return;
            }
            if (!answered.containsKey(column)) {
                problems.add(
                        table + " has no column " + column + ": ServiceNow ignored it; remove it from the profile");
                return;
            }
            String kept = Row.text(answered, column);
            if (kept.equals(value) || kept.strip().equals(value.strip())) {
                return;
            }
            if (kept.isEmpty()) {
                problems.add(column + " is empty though " + shown(value)
                        + " was sent: no such choice or reference on this instance");
            } else if (MUST_HOLD.contains(column)) {
                problems.add(
                        column + " is " + shown(kept) + " though " + shown(value) + " was sent: a rule refused it");
            } else {
                rewritten.add(column);
            }
        });
        return new Verification(problems, rewritten);
    }

    String problem() {
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    private static String shown(String value) {
        return "'" + PlainText.cut(PlainText.oneLine(value), 60) + "'";
    }
}
