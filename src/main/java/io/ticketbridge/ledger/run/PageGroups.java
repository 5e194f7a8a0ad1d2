package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ticket.GroupChange;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What a page changes in which group, by what it says and what the ledger had read for it: no statement is sent. */
final class PageGroups {
    private PageGroups() {}

    /** @return by their ids in order, so that two replicas can't lock them crosswise */
    static TreeMap<UUID, GroupWrite> of(PageSession page) {
        TreeMap<UUID, GroupWrite> groups = collected(page);
        addFollowers(page, groups);
        groups.values().removeIf(group -> group.findings.isEmpty());
        return groups;
    }

    static Set<UUID> kept(Collection<GroupWrite> groups) {
        Set<UUID> kept = new HashSet<>();
        groups.forEach(group -> kept.addAll(group.findings.keySet()));
        return kept;
    }

    /** Within a page the worst that was said of an identity counts. What only ever passed in a group is not kept in it. */
    private static TreeMap<UUID, GroupWrite> collected(PageSession page) {
        TreeMap<UUID, GroupWrite> groups = new TreeMap<>();
        page.collected.values().forEach(exchange -> {
            GroupChange change = exchange.getMessage().getBody(GroupChange.class);
            GroupWrite group = groups.computeIfAbsent(change.id(), id -> new GroupWrite(id, change.key()));
            for (Finding finding : change.findings()) {
                UUID identity = page.identity(finding);
                rowOf(page, identity, group.id).ifPresent(row -> group.rows.put(identity, row));
                if (page.isWithdrawn(finding)) {
                    continue;
                }
                group.hear(finding, identity);
                FindingRow row = group.rows.get(identity);
                if (row == null ? isToBeKept(page, finding, identity) : !staysElsewhere(page, finding, row)) {
                    group.findings.merge(identity, finding, PageGroups::worse);
                }
            }
        });
        return groups;
    }

    /** Suppressed findings of which the ledger knows nothing are kept, too: somebody may ask why they have no ticket. */
    private static boolean isToBeKept(PageSession page, Finding finding, UUID identity) {
        return switch (finding.result()) {
            case FAIL -> !staysInOldGroup(page, identity);
            case SUPPRESSED -> page.rows(identity).stream().allMatch(FindingRow::isLeft);
            default -> false;
        };
    }

    /** Somebody changed the grouping and changed it back: what an old ticket covers by then stays there. */
    private static boolean staysElsewhere(PageSession page, Finding finding, FindingRow row) {
        return finding.result() == Result.FAIL && !row.staysInOldGroup() && staysInOldGroup(page, row.id());
    }

    private static boolean staysInOldGroup(PageSession page, UUID identity) {
        return page.rows(identity).stream().anyMatch(FindingRow::staysInOldGroup);
    }

    /** Old tickets follow their groups as long as they are open: what is news of a finding is news there too, unless it only failed anew elsewhere. */
    private static void addFollowers(PageSession page, TreeMap<UUID, GroupWrite> groups) {
        Map<UUID, Finding> news = new LinkedHashMap<>();
        page.collected.values().stream()
                .flatMap(exchange -> exchange.getMessage().getBody(GroupChange.class).findings().stream())
                .filter(finding -> !page.isWithdrawn(finding))
                .forEach(finding -> news.merge(page.identity(finding), finding, PageGroups::worse));
        news.forEach((identity, finding) -> {
            for (FindingRow row : page.rows(identity)) {
                if (follows(finding, row)) {
                    GroupWrite group = groups.computeIfAbsent(row.groupId(), id -> new GroupWrite(id, null));
                    group.rows.putIfAbsent(identity, row);
                    group.findings.putIfAbsent(identity, finding);
                }
            }
        });
    }

    private static boolean follows(Finding finding, FindingRow row) {
        if (finding.result() == Result.FAIL) {
            return row.staysInOldGroup();
        }
        boolean says = row.result() != finding.result()
                || finding.result() == Result.SUPPRESSED && !row.content().equals(finding.content());
        return says && !row.isOver();
    }

    private static Finding worse(Finding one, Finding two) {
        return one.result().isWorseThan(two.result()) ? one : two;
    }

    private static Optional<FindingRow> rowOf(PageSession page, UUID identity, UUID group) {
        return page.rows(identity).stream()
                .filter(row -> row.groupId().equals(group))
                .findFirst();
    }
}
