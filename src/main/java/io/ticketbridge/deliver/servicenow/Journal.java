package io.ticketbridge.deliver.servicenow;

import java.util.regex.Pattern;

/** Text for {@code work_notes} and {@code comments}, where {@code [code]} would turn on HTML for every reader (P38). */
public final class Journal {
    /** Invisible characters inside the tag count as not being there, in case the instance drops them. */
    private static final Pattern CODE = Pattern.compile(
            "\\[(?=[\\p{Cf}\\s]*(/[\\p{Cf}\\s]*)?c\\p{Cf}*o\\p{Cf}*d\\p{Cf}*e[\\p{Cf}\\s]*\\])(?! )",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private Journal() {}

    /** The same words with {@code [code]} written {@code [ code]}, and without control characters but line breaks and tabs. */
    public static String text(String value) {
        String clean = CONTROL.matcher(value == null ? "" : value).replaceAll("");
        return CODE.matcher(clean).replaceAll("[ ");
    }
}
