package io.ticketbridge.deliver.text;

import io.ticketbridge.config.ProfileSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The columns that a profile sets, each with the property that says so. */
public final class ProfileColumns {
    private ProfileColumns() {}

    public static Map<String, String> of(ProfileSettings profile) {
        Map<String, String> written = new LinkedHashMap<>();
        templates(profile).keySet().forEach(property -> written.put(column(property), property));
        return written;
    }

    /** What each property says. */
    public static Map<String, String> templates(ProfileSettings profile) {
        Map<String, String> templates = new LinkedHashMap<>();
        put(profile, "field", profile.fields(), templates);
        put(profile, "on-open", profile.onOpen(), templates);
        put(profile, "on-update", profile.onUpdate(), templates);
        put(profile, "on-resolve", profile.onResolve(), templates);
        put(profile, "on-reopen", profile.onReopen(), templates);
        profile.severity()
                .forEach((level, columns) ->
                        put(profile, "severity." + level.name().toLowerCase(Locale.ROOT), columns, templates));
        return templates;
    }

    public static String column(String property) {
        return property.substring(property.lastIndexOf('.') + 1);
    }

    private static void put(
            ProfileSettings profile, String kind, Map<String, String> columns, Map<String, String> into) {
        columns.forEach((column, template) ->
                into.put("ticketbridge.profile." + profile.name() + "." + kind + "." + column, template));
    }
}
