package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Checked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Without one there is nothing to do: whoever runs, plans or checks is told, and does not take it for all is well. */
public final class EnabledFlows {
    private EnabledFlows() {}

    /** @throws CannotStart if there is none */
    public static void require(Settings settings) {
        fault(settings).ifPresent(fault -> {
            throw new CannotStart(fault.text() + ": " + fault.cure());
        });
    }

    public static List<String> names(Settings settings) {
        return settings.flows().values().stream()
                .filter(FlowSettings::enabled)
                .map(FlowSettings::name)
                .toList();
    }

    static Optional<Checked> fault(Settings settings) {
        if (settings.flows().values().stream().anyMatch(FlowSettings::enabled)) {
            return Optional.empty();
        }
        String disabled = settings.flows().keySet().stream()
                .map(flow -> "ticketbridge.flow." + flow + ".enabled=true")
                .collect(Collectors.joining(" or "));
        return Optional.of(Checked.problem(
                "settings",
                "flows",
                "No flow is enabled",
                disabled.isEmpty()
                        ? "set ticketbridge.flow.NAME.source and ticketbridge.flow.NAME.profile in"
                                + " config/application.properties, or try `sandbox` first"
                        : "set " + disabled));
    }
}
