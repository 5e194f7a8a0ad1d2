package io.ticketbridge.finding;

/** Text of a source on its way to where people read it: data, whatever is in it (P38). */
public final class PlainText {
    private PlainText() {}

    /** One line: control characters and line breaks become spaces. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
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
