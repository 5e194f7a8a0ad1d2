package io.ticketbridge.ticket;

import io.ticketbridge.finding.Digest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The short references that notes carry: by its reference a note is found again on the other side, so that it is never
 * written twice and never carried back (P15, P25).
 */
public final class References {
    private static final Pattern WRITTEN = Pattern.compile("\\(ticketbridge (tb-[0-9a-f-]{13})\\)\\s*\\z");

    private References() {}

    /** The reference of something that is carried over: the same each time it is asked for. */
    public static String of(UUID group, int generation, String what) {
        return "tb-"
                + Digest.of(group.toString(), String.valueOf(generation), what)
                        .toString()
                        .substring(0, 13);
    }

    /** Of the note that opens a ticket. */
    public static String ofOpening(String correlationId) {
        return "tb-" + Digest.of(correlationId).toString().substring(0, 13);
    }

    /** How a text ends that ticketbridge wrote. */
    public static String ending(String reference) {
        return "(ticketbridge " + reference + ")";
    }

    /** The reference that a text ends with. Anybody can type one: it counts only where it is known. */
    public static Optional<String> endingOf(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
