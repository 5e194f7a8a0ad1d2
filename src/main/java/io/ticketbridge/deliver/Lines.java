package io.ticketbridge.deliver;

/** Source text on its way into a ticket's text (P38). */
final class Lines {
    private Lines() {}

    /** One line: control characters and line breaks become spaces. */
    static String one(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }

    /** Several lines: keeps line breaks and tabs, drops other control characters. */
    static String several(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]+", "");
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
