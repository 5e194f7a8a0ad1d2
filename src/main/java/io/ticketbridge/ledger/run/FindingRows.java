package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.ticket.Suppressions;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the findings of a page, each in each of its groups, and what happened to them. */
final class FindingRows {
    private final LedgerDatabase database;
    private final Clock clock;

    FindingRows(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param groups as {@link GroupRows} has left them: with the versions that they have now */
    void write(PageSession page, Collection<GroupWrite> groups) {
        OffsetDateTime now = Times.sql(clock.instant());
        List<Object[]> inserts = new ArrayList<>();
        List<Object[]> updates = new ArrayList<>();
        List<Object[]> events = new ArrayList<>();
        List<Object[]> left = new ArrayList<>();
        for (GroupWrite group : groups) {
            group.findings.forEach((identity, finding) -> {
                FindingRow row = group.rows.get(identity);
                if (row == null) {
                    left.addAll(left(page, identity, finding));
                    inserts.add(insert(page, group, identity, finding, now));
                    if (finding.result() == Result.SUPPRESSED) {
                        events.add(History.came(group.id, identity, page.run.id(), finding, now));
                    }
                } else {
                    if (row.result() != finding.result() || !row.content().equals(finding.content())) {
                        events.add(History.changed(group.id, identity, page.run.id(), row.result(), finding, now));
                    }
                    boolean listed = row.version() > group.told ? row.listed() : row.result() == Result.FAIL;
                    updates.add(new Object[] {
                        finding.content(),
                        finding.result().ordinal(),
                        finding.severity().ordinal(),
                        group.version,
                        listed,
                        page.run.id(),
                        Text.cut(finding.message()),
                        Suppressions.write(finding),
                        finding.result() == Result.SUPPRESSED && (row.result() == Result.FAIL || listed),
                        finding.result() == Result.SUPPRESSED,
                        finding.result().ordinal(),
                        now,
                        identity,
                        group.id
                    });
                }
            });
        }
        leaveOut(left, updates);
        JdbcTemplate jdbc = database.jdbc();
        Batches.send(jdbc, "delete from finding where id = ? and group_id = ?", left);
        Batches.send(
                jdbc,
                """
                insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope, account,
                    region, check_id, resource_uid, resource_name, resource_type, message, suppression, first_seen, changed_at)
                values (?, ?, ?, ?, ?, ?, false, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                inserts);
        int[][] changed = Batches.send(
                jdbc,
                """
                update finding set content = ?, result = ?, severity = ?, version = ?, listed = ?, run_id = ?, message = ?,
                    suppression = ?, keeps_open = (keeps_open or ?) and ?,
                    changed_at = case when result = ? then changed_at else ? end
                where id = ? and group_id = ?""",
                updates);
        if (Arrays.stream(changed).flatMapToInt(Arrays::stream).anyMatch(rows -> rows == 0)) {
            throw new ConcurrencyFailureException(
                    "A finding of this page was forgotten or taken elsewhere while the page was filtered; it is read again");
        }
        History.write(jdbc, events);
    }

    /** What one record of a page says of a finding in its old group is over with another that takes it to a new one. */
    private static void leaveOut(List<Object[]> left, List<Object[]> updates) {
        if (!left.isEmpty()) {
            Set<List<Object>> gone = left.stream().map(List::of).collect(Collectors.toSet());
            updates.removeIf(update -> gone.contains(List.of(update[update.length - 2], update[update.length - 1])));
        }
    }

    /**
     * Its places in groups that a map, or a new version, has taken it out of, and whose tickets are done: what else is there may bring
     * such a group back, and its ticket must not list what another covers. A ticket that is open follows it until it is fixed.
     */
    private static List<Object[]> left(PageSession page, UUID identity, Finding finding) {
        return finding.result() != Result.FAIL
                ? List.of()
                : page.rows(identity).stream()
                        .filter(row -> row.result() == Result.FAIL && isLeft(page, row))
                        .map(row -> new Object[] {identity, row.groupId()})
                        .toList();
    }

    private static boolean isLeft(PageSession page, FindingRow row) {
        return row.isOver() && page.run.facts().joinsControls()
                || row.groupIsOld()
                        && page.hadGroup(row.id(), row.groupId())
                        && !row.staysInOldGroup()
                        && !row.groupOpen();
    }

    private static Object[] insert(
            PageSession page, GroupWrite group, UUID identity, Finding finding, OffsetDateTime now) {
        return new Object[] {
            identity,
            group.id,
            finding.content(),
            finding.result().ordinal(),
            finding.severity().ordinal(),
            group.version,
            page.run.id(),
            page.run.scopes().scopeOf(finding),
            page.run.scopes().sourceScopeOf(finding),
            Text.cut(finding.account()),
            Text.cut(finding.region()),
            Text.cut(finding.check()),
            Text.cut(finding.resource().uid()),
            Text.cut(finding.resource().name()),
            Text.cut(finding.resource().type()),
            Text.cut(finding.message()),
            Suppressions.write(finding),
            now,
            now
        };
    }
}
