package io.ticketbridge.deliver.state;

import io.ticketbridge.config.Baseline;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ticket.Ticket;
import java.util.List;

/**
 * Tries at start whether queries can be trusted. ServiceNow drops a condition that it does not understand and answers with every
 * row, and its query ACLs may refuse all but equality (P16).
 */
public final class InstanceProbe {
    private final Settings settings;

    public InstanceProbe(Settings settings) {
        this.settings = settings;
    }

    public TableProbe probe(String table) {
        List<FlowSettings> flows = settings.flows().values().stream()
                .filter(flow -> settings.profiles().get(flow.profile()).table().equals(table))
                .toList();
        return new TableProbe(
                table,
                flows.stream().map(flow -> Ticket.display(flow.name())).toList(),
                flows.stream().anyMatch(FlowSettings::syncBack),
                flows.stream().anyMatch(flow -> flow.baseline() == Baseline.ADOPT));
    }

    /** What helps against a condition that is left out, or that finds nothing of what is there. */
    static String cure(String table, String columns) {
        return "Grant the integration's user the right to query " + columns + " of " + table
                + " by range (an ACL of the operation query_range), and set its time zone to GMT";
    }
}
