package io.ticketbridge.source.visionone;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** With which times, key and filter a flow's items are asked for (P1). */
final class ChangeWindow {
    private final Settings settings;

    ChangeWindow(Settings settings) {
        this.settings = settings;
    }

    /** The query parameters of everything that changed since then, up to now. */
    static Map<String, String> since(Instant time) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("startDateTime", time.toString());
        parameters.put("dateTimeTarget", "updatedDateTime");
        return parameters;
    }

    /** The query parameters of everything there is. */
    static Map<String, String> always() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("startDateTime", Instant.EPOCH.toString());
        return parameters;
    }

    /** The key, and a filter that lets what is open pass: also what left the flow's own filter after it had its ticket. */
    Map<String, String> openHeaders(String flowName, String open) {
        Map<String, String> headers = new LinkedHashMap<>(key(flowName));
        headers.put("TMV1-Filter", open);
        return headers;
    }

    /** The same, and the flow's own filter where both fit. */
    Map<String, String> openHeaders(String flowName, String open, int longest) {
        Map<String, String> headers = listHeaders(flowName);
        String own = headers.get("TMV1-Filter");
        String both = own == null ? open : "(" + own + ") and (" + open + ")";
        if (both.length() <= longest) {
            headers.put("TMV1-Filter", both);
        }
        return headers;
    }

    boolean hasFilter(String flowName) {
        return !settings.flows().get(flowName).sourceFilter().isEmpty();
    }

    /** The key, and the filter that the flow has for Vision One itself. */
    Map<String, String> listHeaders(String flowName) {
        Map<String, String> headers = new LinkedHashMap<>(key(flowName));
        FlowSettings flow = settings.flows().get(flowName);
        if (!flow.sourceFilter().isEmpty()) {
            headers.put("TMV1-Filter", flow.sourceFilter());
        }
        return headers;
    }

    Map<String, String> key(String flowName) {
        String token = settings.visionOne().get(instance(flowName)).token().reveal();
        return Map.of("Authorization", "Bearer " + token);
    }

    String instance(String flowName) {
        return settings.flows().get(flowName).instance();
    }
}
