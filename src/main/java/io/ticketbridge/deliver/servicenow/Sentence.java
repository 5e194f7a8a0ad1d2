package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.finding.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes one safe line of what a server said: no control or direction characters, no credentials, at most 500 characters. */
final class Sentence {
    private static final int LONGEST = 500;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic)\\s+[a-z0-9+/=._~-]{8,}");

    private Sentence() {}

    /** The parts that say something, joined by a colon; a part that repeats the one before is left out. */
    static String of(String... parts) {
        List<String> said = new ArrayList<>();
        for (String part : parts) {
            String line =
                    part == null ? "" : UNSAFE.matcher(part).replaceAll(" ").strip();
            if (!line.isEmpty() && !said.contains(line)) {
                said.add(line);
            }
        }
        String line = CREDENTIALS.matcher(String.join(": ", said)).replaceAll("$1 ***");
        return PlainText.cut(line, LONGEST);
    }
}
