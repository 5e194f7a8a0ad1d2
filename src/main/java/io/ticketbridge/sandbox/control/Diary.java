package io.ticketbridge.sandbox.control;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest things that were done on the page, newest first. */
final class Diary {
    private static final int KEPT = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** @param at UTC, {@code HH:mm:ss} */
    record Entry(String at, String said, boolean refused) {}

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();

    Diary(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String said, boolean refused) {
        if (entries.size() == KEPT) {
            entries.removeLast();
        }
        entries.addFirst(new Entry(TIME.format(clock.instant()), said, refused));
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
