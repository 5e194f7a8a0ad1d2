package io.ticketbridge.ledger.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The account of a run (P5): every finding read has exactly one outcome.
 *
 * @param findings outcome to number of findings read, in the order of DESIGN.md's table
 * @param absent failures that a complete scan shows to be gone; they were not read
 * @param tickets opened, updated, reopened, resolved, unchanged
 * @param error why the run failed, or null
 */
public record Account(
        long run,
        String flow,
        String scan,
        String state,
        long read,
        Map<String, Long> findings,
        long absent,
        Map<String, Long> tickets,
        String error) {
    /** Every finding that was read has exactly one of these. */
    public static final List<String> OUTCOMES = List.of(
            "opened",
            "reopened",
            "updated",
            "unchanged",
            "resolved",
            "inconclusive",
            "suppressed",
            "filtered",
            "held",
            "dead");

    /** One that was closed, from what {@link #asMap} made of it. */
    static Account kept(long run, String flow, String scan, Map<String, Object> map, String error) {
        return new Account(
                run,
                flow,
                scan,
                "done",
                ((Number) map.get("read")).longValue(),
                figures(map.get("findings")),
                ((Number) map.get("absent")).longValue(),
                figures(map.get("tickets")),
                error);
    }

    private static Map<String, Long> figures(Object kept) {
        Map<String, Long> figures = new LinkedHashMap<>();
        ((Map<?, ?>) kept).forEach((name, figure) -> figures.put((String) name, ((Number) figure).longValue()));
        return figures;
    }

    public boolean addsUp() {
        return outcomes() == read;
    }

    private long outcomes() {
        return findings.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether it wrote to a ticket: of what was held or replayed, it need not have read anything. */
    boolean wrote() {
        return tickets.entrySet().stream()
                .anyMatch(action -> !action.getKey().equals("unchanged") && action.getValue() > 0);
    }

    /** Whether what it read changed anything. */
    boolean isNews() {
        return read
                        != findings.get("unchanged")
                                + findings.get("inconclusive")
                                + findings.get("suppressed")
                                + findings.get("filtered")
                || absent > 0;
    }

    /** One that does not add up says so as its error. */
    Account ended() {
        String said = addsUp()
                ? error
                : "its account does not add up, please report it: " + read + " findings read, " + outcomes()
                        + " outcomes";
        return new Account(run, flow, scan, "done", read, findings, absent, tickets, said);
    }

    /** As {@code run --once --output json} prints it. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("flow", flow);
        map.put("scan", scan);
        map.put("state", state);
        map.put("read", read);
        map.put("findings", findings);
        map.put("absent", absent);
        map.put("tickets", tickets);
        if (error != null) {
            map.put("error", error);
        }
        return map;
    }
}
