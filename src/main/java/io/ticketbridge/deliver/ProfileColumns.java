package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The columns that a profile sets, each with the property that says so. */
final class ProfileColumns {
    private ProfileColumns() {}

    static Map<String, String> of(ProfileSettings profile) {
        Map<String, String> written = new LinkedHashMap<>();
        String prefix = "ticketbridge.profile." + profile.name() + ".";
        profile.fields().keySet().forEach(column -> written.put(column, prefix + "field." + column));
        profile.onOpen().keySet().forEach(column -> written.put(column, prefix + "on-open." + column));
        profile.onUpdate().keySet().forEach(column -> written.put(column, prefix + "on-update." + column));
        profile.onResolve().keySet().forEach(column -> written.put(column, prefix + "on-resolve." + column));
        profile.onReopen().keySet().forEach(column -> written.put(column, prefix + "on-reopen." + column));
        profile.severity().forEach((level, fields) -> fields.keySet()
                .forEach(column -> written.put(
                        column, prefix + "severity." + level.name().toLowerCase(Locale.ROOT) + "." + column)));
        return written;
    }
}
