package io.ticketbridge.finding;

import java.util.regex.Pattern;

/** Text of a source on its way to where people read it: data, whatever is in it (P38). */
public final class PlainText {
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\u200c\\u200d]]+");

    private PlainText() {}

    /**
     * One line: control characters, line breaks and what is not seen, such as turns of the direction, become spaces. What joins
     * letters and emoji stays.
     */
    public static String oneLine(String text) {
        return UNSEEN.matcher(text).replaceAll(" ").strip();
    }

    /** Several lines: keeps line breaks and tabs, drops other control characters. */
    public static String lines(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]+", "");
    }

    /** Cuts visibly, never inside a character. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
