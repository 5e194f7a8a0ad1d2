package io.ticketbridge.ledger.database;

import java.util.Locale;

/** Source text on its way into a column. */
public final class Text {
    /** In characters; the columns hold as many. */
    private static final int LONGEST = 100_000;

    private static final int LONGEST_KEY = 100;

    private Text() {}

    /** Cuts what no column holds, and drops NUL, which PostgreSQL refuses. */
    public static String cut(String text) {
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        return head(clean, LONGEST);
    }

    public static String cut(String text, int longest) {
        if (text == null) {
            return null;
        }
        return head(cut(text), longest);
    }

    /** What a long text is looked up by: its beginning, in small letters. */
    public static String key(String text) {
        return head(cut(text).toLowerCase(Locale.ROOT), LONGEST_KEY);
    }

    /** Never ends inside a character: PostgreSQL can't keep half of one. */
    private static String head(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
