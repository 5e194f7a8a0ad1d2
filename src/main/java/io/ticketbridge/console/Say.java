package io.ticketbridge.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How templates say what is no text. */
public final class Say {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    Say() {}

    /** For people, in UTC. */
    public String time(Instant at) {
        return TIME.format(at);
    }

    /** For the {@code datetime} of a {@code time}. */
    public String iso(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What a source wrote must not reorder or hide what stands beside it. */
    public String plain(String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cc}&&[^\\n\\t]]|[\\u202a-\\u202e\\u2066-\\u2069]", "\uFFFD");
    }

    /** A name of at most so many characters: its middle is left out, for files differ at both ends. */
    public String shortened(String name, int most) {
        return name.length() <= most
                ? name
                : name.substring(0, most / 2) + "…" + name.substring(name.length() - most / 2 + 1);
    }

    /** At most so many characters, and a sign where something is missing. */
    public String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + " …";
    }
}
