package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.run.Misfit;
import io.ticketbridge.ledger.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A worker's own view of the runs that others read: enough to judge each finding, nothing to conclude from. It is kept while the run
 * is read, and forgotten where another may have written meanwhile. Each worker has one thread.
 */
final class TakenRuns {
    private final LedgerDatabase database;
    private final Function<String, FlowFacts> facts;
    private final Map<Long, Run> kept = new HashMap<>();

    TakenRuns(LedgerDatabase database, Function<String, FlowFacts> facts) {
        this.database = database;
        this.facts = facts;
    }

    private record Row(String flow, String scan, String pass, String state) {
        /** A number is given out again after a ledger was put back. */
        boolean isOf(String flowSaid, String passSaid) {
            return (flowSaid == null || flowSaid.equals(flow)) && (passSaid == null || passSaid.equals(pass));
        }

        boolean isRead() {
            return state.equals("reading");
        }
    }

    boolean isRead(long id, String flow, String pass) {
        return row(id).filter(found -> found.isOf(flow, pass) && found.isRead()).isPresent();
    }

    /** Whether this ledger has it, in whatever state. */
    boolean isKnown(long id, String flow, String pass) {
        return row(id).filter(found -> found.isOf(flow, pass)).isPresent();
    }

    /** Empty where the run is not read any more. */
    Optional<Run> of(long id, boolean baseline) {
        return row(id).filter(Row::isRead).map(found -> kept.computeIfAbsent(id, none -> copy(id, found, baseline)));
    }

    private Optional<Row> row(long id) {
        return database.client()
                .sql("select flow, scan, pass, state from run where id = :id")
                .param("id", id)
                .query((found, number) -> new Row(
                        found.getString("flow"),
                        found.getString("scan"),
                        found.getString("pass"),
                        found.getString("state")))
                .optional();
    }

    private Run copy(long id, Row row, boolean baseline) {
        FlowFacts itsFacts = facts.apply(row.flow());
        if (itsFacts == null) {
            throw new IllegalStateException(Misfit.ofFlow(row.flow()));
        }
        return new Run(id, row.flow(), row.scan(), row.pass(), itsFacts, baseline);
    }

    /** Those that came to their end meanwhile are forgotten: each may know a million findings. */
    void forgetEnded() {
        kept.keySet().removeIf(id -> row(id).filter(Row::isRead).isEmpty());
    }

    void forget() {
        kept.clear();
    }
}
