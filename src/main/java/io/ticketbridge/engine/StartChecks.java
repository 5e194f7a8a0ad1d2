package io.ticketbridge.engine;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.deliver.text.Templates;
import java.util.List;
import java.util.Map;

/** What only the stages know of the settings: templates that compile, states that a table has. */
final class StartChecks {
    private StartChecks() {}

    /** @param problems is told of all of them */
    static void find(Settings settings, Templates templates, List<String> problems) {
        templates.compile(settings.profiles().values(), problems);
        checkStatuses(settings, problems);
        checkSyncMaps(settings, problems);
    }

    private static void checkStatuses(Settings settings, List<String> problems) {
        settings.flows().values().stream().filter(flow -> flow.enabled()).forEach(flow -> {
            String table = settings.profiles().get(flow.profile()).table();
            if (!Lifecycle.of(table).knows(flow.newTicketWhenStatus())) {
                problems.add("ticketbridge.flow." + flow.name() + ".new-ticket-when-status must be a state of " + table
                        + ", was '" + flow.newTicketWhenStatus() + "': choose one of "
                        + Lifecycle.of(table).labels());
            }
        });
    }

    private static void checkSyncMaps(Settings settings, List<String> problems) {
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.syncBack())
                .forEach(flow -> {
                    ProfileSettings profile = settings.profiles().get(flow.profile());
                    Map<String, String> states = Lifecycle.of(profile.table()).values();
                    problems.addAll(SyncGaps.shipped(profile, profile.syncMaps().forSource(flow.source()), states)
                            .errors());
                });
    }
}
