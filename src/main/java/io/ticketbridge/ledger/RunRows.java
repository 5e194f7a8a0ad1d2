package io.ticketbridge.ledger;

import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** The rows of runs as they are begun, and which of them this process began. Thread-safe. */
final class RunRows {
    private final LedgerDatabase database;
    private final Function<String, FlowFacts> facts;
    private final Clock clock;

    /** The runs that this process began, until their accounts are handed out. */
    private final Set<Long> own = new ConcurrentSkipListSet<>();

    /** Which pass of each flow this process began last. */
    private final Map<String, String> passes = new ConcurrentHashMap<>();

    RunRows(LedgerDatabase database, Function<String, FlowFacts> facts, Clock clock) {
        this.database = database;
        this.facts = facts;
        this.clock = clock;
    }

    /** @param pass null for a run that is beside all passes */
    Run insert(String flow, String scan, String pass) {
        KeyHolder key = new GeneratedKeyHolder();
        database.client()
                .sql(
                        "insert into run (flow, scan, pass, state, started_at, seen_at) values (:flow, :scan, :pass, 'reading', :now, :now)")
                .param("pass", pass, Types.VARCHAR)
                .param("flow", flow)
                .param("scan", Text.cut(scan, 1000))
                .param("now", Times.sql(clock.instant()))
                .update(key, "id");
        own.add(key.getKey().longValue());
        return new Run(key.getKey().longValue(), flow, scan, pass, facts.apply(flow), isFirst(flow));
    }

    /** Until one pass has come to its end, what is read is the flow's backlog (P13). */
    private boolean isFirst(String flow) {
        return database.client()
                .sql("select id from run where state in ('delivering', 'done') and flow = :flow limit 1")
                .param("flow", flow)
                .query(Long.class)
                .list()
                .isEmpty();
    }

    /** The pass has begun a run of the flow here, and goes on. */
    void goesOn(String flow, String pass) {
        passes.put(flow, pass);
    }

    /**
     * A pass of several runs goes on only while no other has begun: that one reads all of it.
     *
     * @throws PassLost if another has begun since
     */
    void requireNewest(String flow, String pass) {
        if (pass != null && pass.equals(passes.get(flow))) {
            String newest = database.client()
                    .sql(
                            "select pass from run where flow = :flow and pass is not null order by flow desc, id desc limit 1")
                    .param("flow", flow)
                    .query(String.class)
                    .optional()
                    .orElse(pass);
            if (!newest.equals(pass)) {
                throw new PassLost();
            }
        }
    }

    /** Runs of the flow whose accounts are open. */
    List<Long> unfinished(String flow) {
        return database.client()
                .sql("select id from run where flow = :flow and state = 'delivering' order by id")
                .param("flow", flow)
                .query(Long.class)
                .list();
    }

    /** Those that this process began and whose accounts were not handed out yet. */
    Set<Long> own() {
        return own;
    }
}
