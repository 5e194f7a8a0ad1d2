package io.ticketbridge.deliver.servicenow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Time as ServiceNow keeps it: in UTC and whole seconds. */
public final class ServiceNowTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ServiceNowTime() {}

    public static String of(Instant time) {
        return FORM.format(time);
    }

    /** @throws DateTimeException if it is none */
    public static Instant parse(String text) {
        return FORM.parse(text, Instant::from);
    }
}
