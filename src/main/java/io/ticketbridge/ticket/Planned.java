package io.ticketbridge.ticket;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One thing that would be done, and why (P29).
 *
 * @param kind {@code opened}, {@code updated}, {@code reopened}, {@code resolved}, {@code held}, or {@code told} for what Vision
 *     One would get
 * @param number the ticket's; empty for one that would be opened
 * @param title what the ticket is about
 * @param severity in lower case
 * @param differences what the record would get
 */
public record Planned(
        UUID group,
        String flow,
        String profile,
        String table,
        String kind,
        String number,
        String title,
        String severity,
        String reason,
        List<Difference> differences) {

    /** @param before null if nothing is known to be there */
    public record Difference(String column, String before, String after) {}

    public Planned {
        differences = List.copyOf(differences);
    }

    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", kind);
        map.put("flow", flow);
        map.put("profile", profile);
        map.put("table", table);
        map.put("number", number);
        map.put("title", title);
        map.put("severity", severity);
        map.put("reason", reason);
        map.put("group", group.toString());
        map.put(
                "differences",
                differences.stream()
                        .map(each -> {
                            Map<String, Object> difference = new LinkedHashMap<>();
                            difference.put("column", each.column());
                            difference.put("before", each.before());
                            difference.put("after", each.after());
                            return difference;
                        })
                        .toList());
        return map;
    }
}
