package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What another run, a replay say, has written of a page's findings since they were looked up. A pass that has read all that the ledger
 * has of its flow does not look anything up for the rest of the scan.
 */
final class WrittenMeanwhile {
    private final FindingLookUp lookUp;

    WrittenMeanwhile(LedgerDatabase database) {
        this.lookUp = new FindingLookUp(database);
    }

    /**
     * Puts what is there of findings that seemed to be news into their groups.
     *
     * @param others groups that another run was the last to write; they are locked
     * @return whether there was any
     */
    boolean find(PageSession page, Map<UUID, GroupWrite> groups, Set<UUID> others) {
        Set<UUID> news = new HashSet<>();
        others.forEach(id -> {
            GroupWrite group = groups.get(id);
            group.findings.keySet().stream()
                    .filter(identity -> !group.rows.containsKey(identity))
                    .forEach(news::add);
        });
        List<FindingRow> found = new ArrayList<>();
        lookUp.of(page.run, news).values().forEach(found::addAll);
        found.removeIf(row -> !others.contains(row.groupId())
                || !groups.get(row.groupId()).findings.containsKey(row.id()));
        found.forEach(row -> groups.get(row.groupId()).rows.putIfAbsent(row.id(), row));
        return !found.isEmpty();
    }
}
