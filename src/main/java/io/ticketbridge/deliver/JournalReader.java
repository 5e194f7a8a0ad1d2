package io.ticketbridge.deliver;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.ticket.TicketNote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        List<String[]> found = new ArrayList<>();
        Matcher header = HEADER.matcher(text.replace("\r\n", "\n"));
        String clean = text.replace("\r\n", "\n");
        int bodyAt = -1;
        while (header.find()) {
            if (bodyAt >= 0) {
                found.get(found.size() - 1)[2] = clean.substring(bodyAt, header.start());
            }
            found.add(new String[] {header.group(1), header.group(2), ""});
            bodyAt = header.end();
        }
        if (bodyAt >= 0) {
            found.get(found.size() - 1)[2] = clean.substring(bodyAt);
        }
        Collections.reverse(found);
        return found.stream()
                .map(part -> entry(internal, part[1], part[0], part[2], before, false))
                .toList();
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
