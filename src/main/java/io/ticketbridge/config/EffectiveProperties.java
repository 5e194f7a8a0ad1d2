package io.ticketbridge.config;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Every key in effect as text, for {@code {{key}}} in routes: what was written, and defaults for every name there is. */
final class EffectiveProperties {
    private final Values values;
    private final Map<String, String> properties = new TreeMap<>();

    private EffectiveProperties(Values values) {
        this.values = values;
    }

    static Map<String, String> of(Values values, ServiceNowSettings serviceNow, Map<String, FlowSettings> flows) {
        EffectiveProperties effective = new EffectiveProperties(values);
        effective.addDefaults();
        values.written().forEach(effective::addWritten);
        flows.forEach((name, flow) -> {
            effective.properties.put(FlowKeys.FLOW_POLL.at(name), flow.poll().toString());
            effective.properties.put(
                    FlowKeys.FLOW_RECONCILE.at(name), flow.reconcile().toString());
        });
        if (serviceNow.tokenUrl() != null) {
            effective.properties.put(
                    SystemKeys.SERVICENOW_TOKEN_URL.at(), serviceNow.tokenUrl().toString());
        }
        // The route names it for every API; one that needs no token never goes there.
        values.names("api").forEach(name -> {
            String url = effective.properties.get(ApiKeys.API_URL.at(name));
            if (url != null) {
                effective.properties.putIfAbsent(ApiKeys.API_TOKEN_URL.at(name), url);
            }
        });
        effective.nameDefaultInstances();
        return effective.properties;
    }

    private void addDefaults() {
        for (Key<?> key : Keys.all()) {
            if (key.fallback().isEmpty()) {
                continue;
            }
            if (key.pattern().contains("NAME")) {
                values.names(key.section()).forEach(name -> properties.put(key.at(name), key.fallback()));
            } else {
                properties.put(key.at(), key.fallback());
            }
        }
    }

    private void addWritten(String key, Written written) {
        Object parsed = values.parsed().get(key);
        if (parsed instanceof URI) {
            properties.put(key, parsed.toString());
        } else if (Keys.find(key).filter(found -> found.key().type().verbatim()).isPresent()) {
            properties.put(key, written.value());
        } else {
            properties.put(key, written.value().strip());
        }
    }

    /** A route template asks for {@code ticketbridge.scc.{{instance}}.url}, so the default instance has its name there. */
    private void nameDefaultInstances() {
        for (Key<?> key : Keys.all()) {
            String value = key.hasOptionalName() ? properties.get(key.at(Key.DEFAULT_INSTANCE)) : null;
            if (value != null) {
                properties.put(key.pattern().replace("[.NAME]", "." + Key.DEFAULT_INSTANCE), value);
            }
        }
    }
}
