package io.ticketbridge.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * One report of an estate: which scan it is, and whether it says otherwise about one evaluation in a hundred.
 *
 * @param number counts up; ids and times follow from it
 */
record Report(int number, boolean changed) {
    private static final Instant BEGINNING = Instant.parse("2026-11-01T03:00:00Z");

    String id() {
        return String.format(Locale.ROOT, "3f1c2a10-%06d-%c", number, changed ? 'c' : 'u');
    }

    static Report parse(String id) {
        String[] parts = id.split("-");
        return new Report(Integer.parseInt(parts[1]), parts[2].equals("c"));
    }

    Instant created() {
        return BEGINNING.plus(number, ChronoUnit.HOURS);
    }
}
