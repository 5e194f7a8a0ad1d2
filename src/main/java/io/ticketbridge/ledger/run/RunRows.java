package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import java.sql.Types;
import java.time.Clock;
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
        long id = insert(database, clock, flow, scan, pass, "reading");
        own.add(id);
        return new Run(id, flow, scan, pass, facts.apply(flow), isFirst(flow));
    }

    /** A run that reads nothing: what was held is delivered as its work, and its account is closed by whoever closes accounts. */
    static long insertDelivering(LedgerDatabase database, Clock clock, String flow, String scan) {
        return insert(database, clock, flow, scan, null, "delivering");
    }

    private static long insert(
            LedgerDatabase database, Clock clock, String flow, String scan, String pass, String state) {
        KeyHolder key = new GeneratedKeyHolder();
        database.client()
                .sql(
                        "insert into run (flow, scan, pass, state, started_at, seen_at) values (:flow, :scan, :pass, :state, :now, :now)")
                .param("pass", pass, Types.VARCHAR)
                .param("state", state)
                .param("flow", flow)
                .param("scan", Text.cut(scan, 1000))
                .param("now", Times.sql(clock.instant()))
                .update(key, "id");
        return key.getKey().longValue();
    }

    /** Says that a run is alive; false if nobody reads it any more. In a transaction, it stays so until its end. */
    static boolean isAlive(LedgerDatabase database, Clock clock, long run) {
        return database.jdbc()
                        .update(
                                "update run set seen_at = ? where id = ? and state = 'reading'",
                                Times.sql(clock.instant()),
                                run)
                > 0;
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

    /** Whether a pass of the flow is under way, here or elsewhere. */
    boolean isInPass(String flow) {
        return database.client()
                        .sql(
                                """
                                select count(*) from run
                                where flow = :flow and pass is not null and state in ('reading', 'read') and seen_at > :silent""")
                        .param("flow", flow)
                        .param("silent", Times.sql(clock.instant().minus(Runs.SILENCE)))
                        .query(Long.class)
                        .single()
                > 0;
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

    /** Those that this process began and whose accounts were not handed out yet. */
    Set<Long> own() {
        return own;
    }
}
