package io.ticketbridge.sandbox.servicenow;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Date-times as ServiceNow writes them: {@code yyyy-MM-dd HH:mm:ss}, stored in UTC, shown in the user's zone. */
final class Moments {

    static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Moments() {}

    static String of(Instant instant) {
        return FORMAT.format(instant.atOffset(ZoneOffset.UTC));
    }

    static String shown(String stored, ZoneId zone) {
        if (stored.isEmpty() || zone.equals(ZoneOffset.UTC)) {
            return stored;
        }
        return LocalDateTime.parse(stored, FORMAT)
                .atOffset(ZoneOffset.UTC)
                .atZoneSameInstant(zone)
                .format(FORMAT);
    }
}
