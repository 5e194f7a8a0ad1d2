package io.ticketbridge.engine;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ticket.Planned;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run would do now, and why (P29).
 *
 * @param planned in the order of flow, kind and what it is about
 * @param accounts of the runs as they would end (P5)
 * @param failures what could not be planned, a sentence each
 * @param findings what became of each finding, in the order of the files; only of a plan without network
 * @param requests that a run would send to ServiceNow, and how long they take within the rate budget (P19)
 */
public record Plan(
        Instant at,
        List<Planned> planned,
        List<Account> accounts,
        List<String> failures,
        Backlog requests,
        List<ReadFinding> findings) {

    public Plan {
        findings = List.copyOf(findings);
        planned = List.copyOf(planned);
        accounts = List.copyOf(accounts);
        failures = List.copyOf(failures);
    }

    /** Whether there is something to do; what is held needs somebody to look at it. */
    public boolean hasWork() {
        return !planned.isEmpty();
    }

    /** How many there are of each kind. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        planned.forEach(each -> counts.merge(each.kind(), 1L, Long::sum));
        return counts;
    }

    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", at.toString());
        map.put("counts", counts());
        map.put("planned", planned.stream().map(Planned::asMap).toList());
        map.put("runs", accounts.stream().map(Account::asMap).toList());
        map.put("requests", requests.asMap());
        map.put("failures", failures);
        if (!findings.isEmpty()) {
            map.put("findings", findings.stream().map(ReadFinding::asMap).toList());
        }
        return map;
    }
}
