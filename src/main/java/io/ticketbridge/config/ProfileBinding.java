package io.ticketbridge.config;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the profiles of values. */
final class ProfileBinding {
    private final Values values;

    ProfileBinding(Values values) {
        this.values = values;
    }

    Map<String, ProfileSettings> profiles() {
        return values.byName(ProfileKeys.PROFILE_TABLE, this::profile);
    }

    private ProfileSettings profile(String name) {
        Map<Severity, Map<String, String>> severity = new EnumMap<>(Severity.class);
        for (Severity level : Severity.values()) {
            Map<String, String> columns = values.endings(ProfileKeys.PROFILE_SEVERITY, name, Words.of(level));
            if (!columns.isEmpty()) {
                severity.put(level, columns);
            }
        }
        return new ProfileSettings(
                name,
                values.text(ProfileKeys.PROFILE_TABLE, name),
                firstOf(
                        values.text(ProfileKeys.PROFILE_ASSIGNMENT_GROUP, name),
                        values.text(SystemKeys.SERVICENOW_GROUP_SYS_ID)),
                firstOf(
                        values.text(ProfileKeys.PROFILE_ASSIGNED_TO, name),
                        values.text(SystemKeys.SERVICENOW_USER_SYS_ID)),
                values.text(ProfileKeys.PROFILE_CALLER, name),
                values.endings(ProfileKeys.PROFILE_FIELD, name),
                values.endings(ProfileKeys.PROFILE_ON_OPEN, name),
                values.endings(ProfileKeys.PROFILE_ON_UPDATE, name),
                values.endings(ProfileKeys.PROFILE_ON_RESOLVE, name),
                values.endings(ProfileKeys.PROFILE_ON_REOPEN, name),
                severity,
                values.get(ProfileKeys.PROFILE_MAX_RESOURCES_IN_TEXT, name),
                values.text(ProfileKeys.PROFILE_ADOPT_QUERY, name),
                acceptedRisk(name),
                syncMaps(name));
    }

    private AcceptedRisk acceptedRisk(String profile) {
        List<String> closeCodes = values.get(ProfileKeys.PROFILE_ACCEPTED_CLOSE_CODE, profile);
        return new AcceptedRisk(
                closeCodes == null ? List.of() : closeCodes,
                Optional.ofNullable(values.get(ProfileKeys.PROFILE_ACCEPTED_UNTIL_FIELD, profile)),
                values.number(ProfileKeys.PROFILE_ACCEPTED_DAYS, profile));
    }

    private SyncMaps syncMaps(String profile) {
        String table = values.text(ProfileKeys.PROFILE_TABLE, profile);
        Map<SyncField, Map<String, List<String>>> lists = new EnumMap<>(SyncField.class);
        ProfileKeys.SYNC.forEach((field, key) -> {
            Map<String, List<String>> own = values.endings(key, profile);
            Map<String, List<String>> shipped = SyncDefaults.lists(table, field);
            Map<String, List<String>> byWord = new LinkedHashMap<>();
            for (String word : key.words()) {
                List<String> list = own.getOrDefault(word, shipped.get(word));
                if (list != null) {
                    byWord.put(word, list);
                }
            }
            lists.put(field, byWord);
        });
        return new SyncMaps(lists);
    }

    private static String firstOf(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
