package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.instance.ProfileDefaults;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.TicketFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what ServiceNow answered with what was sent: it ignores unknown columns and bad values silently (P17).
 *
 * @param problems what somebody must act on, each naming the column
 * @param unread columns that were written and are not shown to the user: what became of them is not known
 * @param rewritten columns whose value the instance changed as it may
 * @param untaken columns that have another value than they must
 */
record Verification(List<String> problems, List<String> unread, List<String> rewritten, Set<String> untaken) {
    /** How each problem begins, and where it has the column. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:^|; )(?:\\w{1,80} has no column (\\w{1,80}),|(\\w{1,80}) (?:is (?:empty|'.{0,60}?') though '|may not be read by the user))");

    private static final Set<String> JOURNALS = Set.of("work_notes", "comments");
    /** Columns whose other value means that the write did not do what it was for. */
    private static final Set<String> MUST_HOLD =
            Set.of("state", "close_code", "resolution_code", "correlation_id", "impact", "urgency");

    /** @param columns those that the table is known to have */
    static Verification of(String table, Set<String> columns, Map<String, String> sent, Map<String, Object> answered) {
        List<String> problems = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        List<String> rewritten = new ArrayList<>();
        Set<String> untaken = new LinkedHashSet<>();
        sent.forEach((column, value) -> {
            if (JOURNALS.contains(column)) {
                return;
            }
            if (!answered.containsKey(column)) {
                if (!columns.contains(column)) {
                    problems.add(table + " has no column " + column + ", or the user may not read it: "
                            + (ProfileDefaults.writes(column)
                                    ? "leave it out with an empty on-open." + column + " of the profile"
                                            + " (field., on-update. and on-resolve. likewise)"
                                    : "remove it from the profile")
                            + ", or grant read access to it");
                } else if (MUST_HOLD.contains(column)) {
                    problems.add(column + " may not be read by the user, so that nothing tells whether " + shown(value)
                            + " was taken: grant read access to " + table + "." + column);
                } else {
                    unread.add(column);
                }
                return;
            }
            String kept = Row.text(answered, column);
            if (kept.equals(value) || kept.strip().equals(value.strip())) {
                return;
            }
            if (kept.isEmpty() || MUST_HOLD.contains(column)) {
                untaken.add(column);
            }
            if (kept.isEmpty()) {
                problems.add(
                        column + " is empty though " + shown(value)
                                + " was sent: "
                                + (TicketFile.TEXTS.contains(column)
                                        ? "the user may not write it, or may not read it"
                                        : "no such choice or reference on this instance, or the user may not write or read it"));
            } else if (MUST_HOLD.contains(column)) {
                problems.add(
                        column + " is " + shown(kept) + " though " + shown(value) + " was sent: a rule refused it");
            } else {
                rewritten.add(column);
            }
        });
        return new Verification(problems, unread, rewritten, untaken);
    }

    /** The columns that a problem is of. */
    static Set<String> columns(String problem) {
        return NAMED.matcher(problem)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .collect(Collectors.toSet());
    }

    /** With another problem, unless there is one of the state that says the same. */
    Verification andOf(Optional<String> other) {
        boolean isKnown = other.filter(problem -> problem.startsWith("state ")).isPresent()
                && problems.stream().anyMatch(problem -> problem.startsWith("state "));
        if (other.isEmpty() || isKnown) {
            return this;
        }
        List<String> all = new ArrayList<>(problems);
        all.add(other.get());
        return new Verification(all, unread, rewritten, untaken);
    }

    String problem() {
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    private static String shown(String value) {
        return "'" + PlainText.cut(PlainText.oneLine(value), 60) + "'";
    }
}
