package io.ticketbridge.ledger;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.util.HashMap;
import java.util.Map;

/** Settings of one flow of findings files named {@code compliance}, for tests. */
public final class Flow {
    public static final String NAME = "compliance";

    private Flow() {}

    public static FlowSettings groupedBy(String groupBy) {
        return with(Map.of("group-by", groupBy));
    }

    public static FlowSettings with(Map<String, String> keys) {
        return settings(keys).flows().get(NAME);
    }

    public static Settings settings(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(Map.of(
                "ticketbridge.servicenow.url",
                "https://example.service-now.com",
                "ticketbridge.servicenow.auth",
                "basic",
                "ticketbridge.servicenow.user",
                "user",
                "ticketbridge.servicenow.password",
                "password",
                "ticketbridge.servicenow.request-timeout",
                "2s",
                "ticketbridge.profile.incident.table",
                "incident",
                "ticketbridge.flow.compliance.source",
                "files",
                "ticketbridge.flow.compliance.profile",
                "incident"));
        keys.forEach((key, value) ->
                all.put(key.contains(".") ? "ticketbridge." + key : "ticketbridge.flow.compliance." + key, value));
        return Settings.load(Sources.only(all));
    }
}
