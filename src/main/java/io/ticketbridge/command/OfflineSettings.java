package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CannotStart;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings of one flow of files where nobody is asked: no address and no credential need be there. */
final class OfflineSettings {
    private OfflineSettings() {}

    static Settings load(Sources sources, String flow, List<File> files) {
        if (files.isEmpty()) {
            throw new CannotStart("plan --offline takes findings files: without them a plan reads the sources");
        }
        Settings found = Settings.load(sources, Requirement.LEDGER_ONLY);
        String name = ImportCommand.flowName(found, flow);
        Map<String, String> overrides = new TreeMap<>(sources.overrides());
        found.flows().keySet().stream()
                .filter(other -> !other.equals(name))
                .forEach(other -> overrides.put("ticketbridge.flow." + other + ".enabled", "false"));
        overrides.put("ticketbridge.servicenow.url", "https://offline.invalid");
        overrides.put("ticketbridge.servicenow.auth", "api-key");
        overrides.put("ticketbridge.servicenow.api-key", "none");
        return Settings.load(new Sources(sources.folder(), sources.environment(), overrides, sources.withFile()));
    }
}
