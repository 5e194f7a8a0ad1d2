package io.ticketbridge.deliver;

import io.ticketbridge.finding.PlainText;

/** Source text on its way into a ticket's text (P38). */
final class Lines {
    private Lines() {}

    static String one(String text) {
        return PlainText.oneLine(text);
    }

    static String several(String text) {
        return PlainText.lines(text);
    }

    /** Cuts visibly, never inside a character. */
    static String cut(String text, int longest) {
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
