package io.ticketbridge.source.files;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Watches the outermost keys and strings of an object go by, to tell an envelope ({@code {"Findings": [...]}}) from a record
 * before any of it is kept.
 */
final class WrapperKeys {
    private static final Set<String> LISTS = Set.of("Findings", "findings");
    private static final Set<String> TOKENS = Set.of("NextToken", "nextToken", "next_token");

    /** Where an EventBridge event has what it brings. */
    private static final String DETAIL = "detail";

    enum Opened {
        NOTHING,
        LIST,
        DETAIL
    }

    private enum Phase {
        ELSEWHERE,
        AFTER_KEY,
        AFTER_COLON
    }

    private final byte[] text = new byte[10];
    private int length;
    private String key = "";
    private Phase phase = Phase.ELSEWHERE;
    private boolean morePages;

    void stringOpens() {
        length = 0;
    }

    void character(byte b) {
        if (length < text.length) {
            text[length] = b;
        }
        length++;
    }

    void stringCloses() {
        if (phase == Phase.AFTER_COLON) {
            morePages |= length > 0 && TOKENS.contains(key);
            phase = Phase.ELSEWHERE;
        } else {
            key = length > text.length ? "" : new String(text, 0, length, StandardCharsets.UTF_8);
            phase = Phase.AFTER_KEY;
        }
    }

    /** Takes a byte outside strings; answers what it opens. */
    Opened opens(byte b) {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return Opened.NOTHING;
        }
        boolean value = phase == Phase.AFTER_COLON;
        phase = b == ':' && phase == Phase.AFTER_KEY ? Phase.AFTER_COLON : Phase.ELSEWHERE;
        if (value && b == '[' && LISTS.contains(key)) {
            return Opened.LIST;
        }
        return value && b == '{' && DETAIL.equals(key) ? Opened.DETAIL : Opened.NOTHING;
    }

    /** Whether a token for a next page stood there, so that this is one page of several. */
    boolean morePages() {
        return morePages;
    }
}
