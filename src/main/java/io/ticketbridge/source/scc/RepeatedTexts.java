package io.ticketbridge.source.scc;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Makes one text of those that come again and again, as the names of checks and services do: they take no memory, and whoever
 * compares or hashes them has done so before. What falls into the place of another is forgotten. One thread uses it.
 */
final class RepeatedTexts {
    private static final int PLACES = 1 << 12;

    private final String[] texts = new String[PLACES];

    /** @param parser stands at a text */
    String text(JsonParser parser) throws IOException {
        char[] characters = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        int hash = 0;
        for (int at = from; at < from + length; at++) {
            hash = 31 * hash + characters[at];
        }
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        if (!isSame(texts[place], characters, from, length)) {
            texts[place] = new String(characters, from, length);
        }
        return texts[place];
    }

    private static boolean isSame(String text, char[] characters, int from, int length) {
        if (text == null || text.length() != length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (text.charAt(at) != characters[from + at]) {
                return false;
            }
        }
        return true;
    }
}
