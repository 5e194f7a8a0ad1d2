package io.ticketbridge.aggregate;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupKey;
import io.ticketbridge.ticket.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Says to which groups a finding belongs (P6): to one, or to one per control that it serves.
 *
 * @param keys what the flow groups by: up to six of resource, control, check, account, region, scope
 * @param control what "control" means: {@code control} (the source's own), {@code check}, or the name of a framework
 */
public record Grouping(List<String> keys, String control) {

    public List<Membership> memberships(Finding finding, String flow) {
        return controls(finding).stream()
                .map(id -> new Membership(new GroupKey(flow, values(finding, id)), finding))
                .toList();
    }

    /** Without "control" among the keys, or without a control on the finding, the check stands in for it. */
    private List<String> controls(Finding finding) {
        if (!keys.contains("control") || control.equals("check")) {
            return List.of(finding.check());
        }
        String framework = control.equals("control") ? "" : control;
        List<String> ids = finding.controls().stream()
                .filter(candidate -> candidate.framework().equals(framework))
                .map(Control::id)
                .distinct()
                .toList();
        return ids.isEmpty() ? List.of(finding.check()) : ids;
    }

    private List<Map.Entry<String, String>> values(Finding finding, String controlId) {
        List<Map.Entry<String, String>> values = new ArrayList<>();
        for (String key : keys) {
            switch (key) {
                case "resource" -> {
                    values.add(Map.entry("account", finding.account()));
                    values.add(Map.entry("resource", finding.resource().uid()));
                }
                case "control" -> values.add(Map.entry("control", controlId));
                case "check" -> values.add(Map.entry("check", finding.check()));
                case "account" -> values.add(Map.entry("account", finding.account()));
                case "region" -> values.add(Map.entry("region", finding.region()));
                case "scope" -> values.add(Map.entry("scope", finding.scope()));
                default -> throw new IllegalArgumentException("group-by does not know " + key);
            }
        }
        return values;
    }
}
