package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Control;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ticket.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Some products name one failure once per standard. Only the first record of it is news, so that no rescan brings any; the standards of
 * the others are added to what the ticket will say as the scan ends, whatever their order and pages.
 */
final class FurtherControls {
    private final LedgerDatabase database;
    private final RunFigures figures;

    FurtherControls(LedgerDatabase database, RunFigures figures) {
        this.database = database;
        this.figures = figures;
    }

    /** Of a group that owes something, which is when a ticket may be written: by this run, or by one that was killed before it came so far. */
    private record Changed(UUID id, Head head) {}

    void write(Run run) {
        Batches.ofKeys(database, run.namedAgain().groups())
                .forEach(ids -> database.transaction().executeWithoutResult(status -> {
                    write(run, ids);
                    // The run's row last, as pages lock it.
                    figures.require(run);
                }));
    }

    private void write(Run run, List<UUID> ids) {
        List<Changed> groups = new ArrayList<>();
        Batches.query(
                database,
                "select id, head from finding_group where id = any(?) and pending order by id for update",
                ids,
                row -> {
                    groups.add(new Changed(row.getObject(1, UUID.class), Json.head(row.getString(2))));
                });
        Map<UUID, UUID> scopes = scopes(groups);
        List<Object[]> updates = new ArrayList<>();
        for (Changed group : groups) {
            Set<Control> further =
                    run.namedAgain().controls(scopes.get(group.head().finding()));
            Head with = group.head().withControls(further);
            if (!with.controls().equals(group.head().controls())) {
                updates.add(new Object[] {Json.write(with), group.id()});
            }
        }
        database.jdbc().batchUpdate("update finding_group set head = ? where id = ?", updates);
    }

    /** Where the findings are that speak for the groups: another account may be held to other standards. */
    private Map<UUID, UUID> scopes(List<Changed> groups) {
        Set<UUID> speakers =
                groups.stream().map(group -> group.head().finding()).collect(Collectors.toSet());
        Map<UUID, UUID> scopes = new HashMap<>();
        Batches.query(database, "select id, scope_id from finding where id = any(?)", speakers, row -> {
            scopes.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
        });
        return scopes;
    }
}
