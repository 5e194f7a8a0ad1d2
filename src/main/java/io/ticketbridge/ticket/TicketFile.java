package io.ticketbridge.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** A file attached to a ticket. Size in bytes; negative if it is not told. */
public record TicketFile(String sysId, String name, String type, long size, String author, Instant at) {
    /** Columns of texts, whose length a table says: what is too long for one of them is attached. */
    public static final List<String> TEXTS = List.of(
            "short_description", "description", "close_notes", "correlation_display", "cause_notes", "fix_notes");

    /** By name, for people's files have a time at their end, too. The digits were a group's version before they were the text's digest. */
    private static final Pattern OF_DELIVERIES = Pattern.compile("(short_description|description)-v\\d+\\.txt" + "|("
            + String.join("|", TEXTS)
            + ")-v[0-9a-f]{12}\\.txt|[a-z][a-z0-9_]*-tb-[0-9a-f]{12}\\.txt|failing-resources-v\\d+.*\\.csv");

    /** Of a text that its column can't hold. Those of columns of one's own have our mark: a person's file may have any other name. */
    public static String nameOfText(String column, UUID digest) {
        return column + (TEXTS.contains(column) ? "-v" : "-tb-")
                + digest.toString().replace("-", "").substring(0, 12) + ".txt";
    }

    /** Whether deliveries attach files of such a name themselves: no person's, so that no case gets them. */
    public static boolean isOfDeliveries(String name) {
        return OF_DELIVERIES.matcher(name).matches();
    }
}
