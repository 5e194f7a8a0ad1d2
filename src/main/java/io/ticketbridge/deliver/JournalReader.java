package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.TicketNote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ticket's journal, oldest entry first. Its own table tells all; a user who may not read that sees no rows, and then what
 * the record shows is taken apart (servicenow.md, section 2). An entry is known by its text and by how many of the same text
 * came before, so that its id is the same whichever way it was read and in whatever time zone it was shown.
 */
final class JournalReader {
    /** {@code 2024-03-24 02:10:35 - Jane Doe (Work notes)}, in the user's own format. */
    private static final Pattern HEADER =
            Pattern.compile("(?m)^(\\S[^\\n]{5,40}?) - ([^\\n]{1,120}) \\(([^()\\n]{1,60})\\)$");

    private JournalReader() {}

    static List<TicketNote> entries(List<Map<String, Object>> rows, String workNotes, String comments) {
        Map<String, Integer> before = new HashMap<>();
        List<TicketNote> entries = new ArrayList<>();
        if (rows.isEmpty()) {
            entries.addAll(shown(workNotes, true, before));
            entries.addAll(shown(comments, false, before));
            return entries;
        }
        for (Map<String, Object> row : rows) {
            boolean internal = Row.text(row, "element").equals("work_notes");
            String time = Row.text(row, "sys_created_on");
            entries.add(entry(internal, Row.text(row, "sys_created_by"), time, Row.text(row, "value"), before, true));
        }
        return entries;
    }

    private static List<TicketNote> shown(String text, boolean internal, Map<String, Integer> before) {
        String clean = text.replace("\r\n", "\n");
        List<MatchResult> headers = headers(clean);
        List<String[]> found = new ArrayList<>();
        for (int at = 0; at < headers.size(); at++) {
            MatchResult header = headers.get(at);
            int last = lastOf(clean, headers, at);
            found.add(new String[] {
                header.group(1), header.group(2), clean.substring(header.end(), end(clean, headers, last))
            });
            at = last;
        }
        Collections.reverse(found);
        return found.stream()
                .map(part -> entry(internal, part[1], part[0], part[2], before, false))
                .toList();
    }

    /** A line in a note may look like a header. Those of one journal have one label and one form of time, and follow an empty line. */
    private static List<MatchResult> headers(String text) {
        List<MatchResult> headers = new ArrayList<>();
        Matcher header = HEADER.matcher(text);
        while (header.find()) {
            boolean isFirst = headers.isEmpty();
            if (isFirst
                    || text.startsWith("\n\n", header.start() - 2)
                            && header.group(3).equals(headers.get(0).group(3))
                            && form(header.group(1)).equals(form(headers.get(0).group(1)))) {
                headers.add(header.toMatchResult());
            }
        }
        return headers;
    }

    private static String form(String time) {
        return time.replaceAll("\\d+", "9").replaceAll("\\p{L}+", "a");
    }

    /**
     * A whole entry of another journal may be quoted in a note that we carried: ours goes on to its own reference, where each
     * note in it has come to its end. What quotes only the head of one of ours is a person's.
     */
    private static int lastOf(String text, List<MatchResult> headers, int first) {
        int begun = 0;
        for (int last = first; last < headers.size(); last++) {
            String part = text.substring(headers.get(last).end(), end(text, headers, last));
            begun += count(WorkNotes.CARRIED, part) - count(WorkNotes.CARRIED_END, part);
            boolean hasEnding = References.endingOf(part).isPresent();
            if (last == first && (begun <= 0 || hasEnding)) {
                return first;
            }
            if (begun <= 0 && hasEnding) {
                return last;
            }
        }
        return first;
    }

    private static int count(Pattern wanted, String text) {
        return (int) wanted.matcher(text).results().count();
    }

    private static int end(String text, List<MatchResult> headers, int at) {
        return at + 1 < headers.size() ? headers.get(at + 1).start() : text.length();
    }

    private static TicketNote entry(
            boolean internal, String author, String time, String text, Map<String, Integer> before, boolean utc) {
        String clean = text.replace("\r\n", "\n").strip();
        String key = (internal ? "work_notes" : "comments") + "\n" + clean;
        int nth = before.merge(key, 1, Integer::sum);
        return new TicketNote(
                Digest.of(key, String.valueOf(nth)).toString(),
                internal,
                author,
                utc ? Row.time(time) : null,
                time,
                clean);
    }
}
