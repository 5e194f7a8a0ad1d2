package io.ticketbridge.ledger;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ticket.GroupChange;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Head;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes a page: its findings, its groups and its run's figures, in one transaction and one batch each. */
public final class PageWriter {
    private final LedgerDatabase database;
    private final RunFigures figures;
    private final Arrivals arrivals;
    private final Clock clock;

    public PageWriter(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.figures = new RunFigures(database, clock);
        this.arrivals = new Arrivals(database);
        this.clock = clock;
    }

    void write(PageSession page) {
        // Groups in the order of their ids, so that two replicas can't lock them crosswise.
        TreeMap<UUID, GroupWrite> groups = collected(page);
        addFollowers(page, groups);
        groups.values().removeIf(group -> group.findings.isEmpty());
        Set<UUID> kept = kept(groups.values());
        page.countPassed(kept);
        if (page.figures.filtered() > 0) {
            page.run.incomplete();
        }
        PageFigures sum = page.run.unwritten().and(page.figures);
        if (page.arrival == null && groups.isEmpty() && !figures.areDue(page.run)) {
            page.run.keepBack(sum);
            return;
        }
        if (page.arrival == null) {
            page.run.awaitWritten();
            PageFigures keptBack = page.run.unwritten();
            page.run.isWritten(PageBehind.begin(() -> write(page, groups, sum), kept, keptBack));
        } else {
            // Kafka hears of it next.
            write(page, groups, sum);
        }
        kept.forEach(page.run.sightings()::written);
    }

    private void write(PageSession page, TreeMap<UUID, GroupWrite> groups, PageFigures sum) {
        database.transaction().executeWithoutResult(status -> {
            if (page.arrival != null) {
                arrivals.move(page.arrival);
            }
            if (!groups.isEmpty()) {
                writeGroups(page, groups);
                writeFindings(page, groups.values());
            }
            if (page.arrival == null) {
                figures.write(page.run, sum);
            } else {
                figures.add(page.run, sum);
            }
        });
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
                    group.findings.merge(identity, finding, PageWriter::worse);
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

    /** Old tickets follow their groups: what is news of a finding is news there too, unless it only failed anew elsewhere. */
    private static void addFollowers(PageSession page, TreeMap<UUID, GroupWrite> groups) {
        Map<UUID, Finding> news = new LinkedHashMap<>();
        page.collected.values().stream()
                .flatMap(exchange -> exchange.getMessage().getBody(GroupChange.class).findings().stream())
                .filter(finding -> !page.isWithdrawn(finding))
                .forEach(finding -> news.merge(page.identity(finding), finding, PageWriter::worse));
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
        return says && !row.isLeft();
    }

    private static Set<UUID> kept(Collection<GroupWrite> groups) {
        Set<UUID> kept = new HashSet<>();
        groups.forEach(group -> kept.addAll(group.findings.keySet()));
        return kept;
    }

    private static Finding worse(Finding one, Finding two) {
        return one.result().isWorseThan(two.result()) ? one : two;
    }

    private static Optional<FindingRow> rowOf(PageSession page, UUID identity, UUID group) {
        return page.rows(identity).stream()
                .filter(row -> row.groupId().equals(group))
                .findFirst();
    }

    private void writeGroups(PageSession page, TreeMap<UUID, GroupWrite> groups) {
        JdbcTemplate jdbc = database.jdbc();
        OffsetDateTime now = Times.sql(clock.instant());
        lock(groups);
        List<Object[]> inserts = new ArrayList<>();
        List<Object[]> updates = new ArrayList<>();
        for (GroupWrite group : groups.values()) {
            if (group.isNew) {
                inserts.add(new Object[] {
                    group.id,
                    page.run.flow(),
                    Text.cut(group.key.label()),
                    Text.key(group.key.label()),
                    page.run.facts().groupingOf(group.key),
                    Json.write(group.arriving()),
                    page.run.id(),
                    !group.isQuiet(),
                    page.run.isSilent(),
                    now
                });
            } else if (!group.isQuiet()) {
                updates.add(new Object[] {
                    group.version,
                    Json.write(group.head),
                    page.run.id(),
                    group.isFlagged(),
                    !page.run.isSilent() && group.hasJoined(),
                    now,
                    group.id
                });
            }
        }
        Batches.send(
                jdbc,
                """
                insert into finding_group (id, flow, label, label_key, grouping, head, version, settled, shown, run_id, pending,
                    released, silenced, dead, due_at, attempts, fence)
                values (?, ?, ?, ?, ?, ?, 1, 0, 0, ?, ?, false, ?, false, ?, 0, 0)""",
                inserts);
        Batches.send(
                jdbc,
                """
                update finding_group set version = ?, head = ?, run_id = ?, pending = true,
                    released = released and not ?, silenced = silenced and not ?, dead = false, held = null,
                    due_at = greatest(due_at, ?), attempts = 0
                where id = ?""",
                updates);
    }

    private void lock(TreeMap<UUID, GroupWrite> groups) {
        Batches.query(
                database,
                "select id, version, shown, head from finding_group where id = any(?) order by id for update",
                groups.keySet(),
                row -> {
                    GroupWrite group = groups.get(row.getObject(1, UUID.class));
                    group.isNew = false;
                    group.version = row.getLong(2) + (group.isQuiet() ? 0 : 1);
                    group.shown = row.getLong(3);
                    group.head = headAfter(Json.head(row.getString(4)), group.arriving());
                });
    }

    private static Head headAfter(Head before, Head arriving) {
        if (arriving == null) {
            return before;
        }
        Head speaks = arriving.finding().equals(before.finding()) ? arriving : before.orBetter(arriving);
        // One control of a source may come as several findings, one per standard: its ticket lists them all.
        return Control.isSameOwn(before.controls(), arriving.controls())
                ? speaks.withControls(before.controls()).withControls(arriving.controls())
                : speaks;
    }

    private void writeFindings(PageSession page, Collection<GroupWrite> groups) {
        OffsetDateTime now = Times.sql(clock.instant());
        List<Object[]> inserts = new ArrayList<>();
        List<Object[]> updates = new ArrayList<>();
        List<Object[]> events = new ArrayList<>();
        List<Object[]> left = new ArrayList<>();
        Set<UUID> updated = new HashSet<>();
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
                    updated.add(identity);
                    if (row.result() != finding.result() || !row.content().equals(finding.content())) {
                        events.add(History.changed(group.id, identity, page.run.id(), row.result(), finding, now));
                    }
                    boolean listed = row.version() > group.shown ? row.listed() : row.result() == Result.FAIL;
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
                        finding.result() != Result.FAIL,
                        finding.result().ordinal(),
                        now,
                        identity,
                        group.id
                    });
                }
            });
        }
        JdbcTemplate jdbc = database.jdbc();
        Batches.send(jdbc, "delete from finding where id = ? and group_id = ?", left);
        Batches.send(
                jdbc,
                """
                insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope, account,
                    region, check_id, resource_uid, resource_name, resource_type, message, suppression, first_seen, changed_at)
                values (?, ?, ?, ?, ?, ?, false, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                inserts);
        Handovers handovers = Handovers.before(database, page.run.flow(), updated);
        Batches.send(
                jdbc,
                """
                update finding set content = ?, result = ?, severity = ?, version = ?, listed = ?, run_id = ?, message = ?,
                    suppression = ?, keeps_open = (keeps_open or ?) and ?,
                    changed_at = case when result = 3 and ? = 3 then changed_at else ? end
                where id = ? and group_id = ?""",
                updates);
        History.write(jdbc, events);
        handovers.settle();
    }

    /**
     * Its places in groups that a map has taken it out of, and whose tickets are done: what else is joined there may bring such a
     * group back, and its ticket must not list what another covers.
     */
    private static List<Object[]> left(PageSession page, UUID identity, Finding finding) {
        return finding.result() != Result.FAIL || !page.run.facts().joinsControls()
                ? List.of()
                : page.rows(identity).stream()
                        .filter(row -> row.isLeft() && row.result() == Result.FAIL)
                        .map(row -> new Object[] {identity, row.groupId()})
                        .toList();
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
            page.run.scopeOf(finding),
            page.run.sourceScopeOf(finding),
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

    /** A group of the page, on its way into the ledger. */
    private static final class GroupWrite {
        private final UUID id;
        /** Null for the group of an old ticket that only follows. */
        private final GroupIdentity key;

        private final Map<UUID, Finding> findings = new LinkedHashMap<>();
        private final Map<UUID, FindingRow> rows = new HashMap<>();
        private boolean isNew = true;
        private long version = 1;
        private long shown;
        private Head head;
        private final List<Finding> heard = new ArrayList<>();
        private List<Control> lastControls = List.of();
        private Finding speaker;
        private UUID speakerId;

        /** The finding that is to speak for the group, among those of the page. */
        private void hear(Finding finding, UUID identity) {
            if (speaker == null || Head.speaksBefore(finding, identity, speaker, speakerId)) {
                speaker = finding;
                speakerId = identity;
            }
            // Most findings of a group serve the very same.
            if (finding.result() == Result.FAIL && !finding.controls().equals(lastControls)) {
                lastControls = finding.controls();
                heard.add(finding);
            }
        }

        /** What the page would have the ticket say; null where the group only follows. */
        private Head arriving() {
            if (speaker == null) {
                return null;
            }
            Head head = Head.of(speaker, speakerId, key);
            Set<Control> further = new HashSet<>();
            heard.stream()
                    .filter(finding ->
                            key.joined() != null || Control.isSameOwn(finding.controls(), speaker.controls()))
                    .forEach(finding -> further.addAll(finding.controls()));
            return head.withControls(further);
        }

        /** Whether all that the page brings for it was never more than suppressed: then it owes ServiceNow nothing. */
        private boolean isQuiet() {
            return findings.entrySet().stream().allMatch(entry -> {
                FindingRow row = rows.get(entry.getKey());
                return entry.getValue().result() == Result.SUPPRESSED
                        && (row == null || row.result() == Result.SUPPRESSED);
            });
        }

        /** Whether the page says that something in it fails: what is fixed or gone is no reason for another ticket (P7). */
        private boolean isFlagged() {
            return findings.values().stream().anyMatch(finding -> finding.result() == Result.FAIL);
        }

        /** Whether something fails in it that did not fail before: that ends the silence of a baseline. */
        private boolean hasJoined() {
            return findings.entrySet().stream()
                    .anyMatch(entry -> entry.getValue().result() == Result.FAIL
                            && (rows.get(entry.getKey()) == null
                                    || rows.get(entry.getKey()).result() != Result.FAIL));
        }

        private GroupWrite(UUID id, GroupIdentity key) {
            this.id = id;
            this.key = key;
        }
    }
}
