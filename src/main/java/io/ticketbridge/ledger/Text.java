package io.ticketbridge.ledger;

/** Source text on its way into a column. */
final class Text {
    /** In characters; the columns hold as many. */
    private static final int LONGEST = 100_000;

    private Text() {}

    /** Cuts what no column holds, and drops NUL, which PostgreSQL refuses. */
    static String cut(String text) {
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }

    static String cut(String text, int longest) {
        if (text == null) {
            return null;
        }
        String clean = cut(text);
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }
}
