package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * How what is done again and again ended last: the passes of each flow, found news or not, and what is done once a day. All replicas know
 * of it, and so does whoever runs by cron. Writing it fails nothing. Safe for threads.
 */
public final class LastEnds {
    private static final Logger LOG = LoggerFactory.getLogger(LastEnds.class);
    private static final String PASS = "pass ";

    private final LedgerDatabase database;
    private final Clock clock;
    private final Map<String, Instant> waits = new ConcurrentHashMap<>();

    public LastEnds(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** It came to its end. */
    public void ended(String name) {
        end(
                "update last_end set ended_at = :at, failure = :failure, waits_until = null where name = :name",
                name,
                null);
    }

    public void passEnded(String flow) {
        ended(PASS + flow);
    }

    /** @param cause one sentence without secrets */
    public void passFailed(String flow, String cause) {
        end(
                "update last_end set failed_at = :at, failure = :failure, waits_until = null where name = :name",
                PASS + flow,
                cause);
    }

    /** It waits for the rate budget; over when it ends, and at that time. */
    public void passWaits(String flow, Instant until) {
        // Asked each second, for as long as it waits.
        if (!until.equals(waits.put(PASS + flow, until))) {
            write("update last_end set waits_until = :at where name = :name", PASS + flow, until, null);
        }
    }

    private void end(String update, String name, String failure) {
        waits.remove(name);
        write(update, name, clock.instant(), failure);
    }

    private void write(String update, String name, Instant at, String failure) {
        try {
            if (update(update, name, at, failure) == 0) {
                insert(name);
                update(update, name, at, failure);
            }
        } catch (RuntimeException e) {
            LOG.debug("The ledger can't be used; how {} ended is not kept", name, e);
        }
    }

    private int update(String sql, String name, Instant at, String failure) {
        return database.client()
                .sql(sql)
                .param("at", Times.sql(at))
                .param("failure", Text.cut(failure, 4000), Types.VARCHAR)
                .param("name", name)
                .update();
    }

    private void insert(String name) {
        try {
            database.client()
                    .sql("insert into last_end (name) values (:name)")
                    .param("name", name)
                    .update();
        } catch (DuplicateKeyException e) {
            LOG.debug("Another replica wrote it first: {}", name);
        }
    }

    /** Why the last pass of a flow failed, wherever it was made; empty if it did not. */
    public Optional<String> failure(String flow) {
        return database.client()
                .sql("select failure from last_end where name = :name and failure is not null")
                .param("name", PASS + flow)
                .query(String.class)
                .optional();
    }

    /** Until when the flow's pass waits for the rate budget; empty if it does not. */
    public Optional<Instant> waitsUntil(String flow) {
        return Optional.ofNullable(waits(database).get(flow)).filter(until -> until.isAfter(clock.instant()));
    }

    /** The same of all flows, by a time that may be over: a pass that died does not say so. */
    public static Map<String, Instant> waits(LedgerDatabase database) {
        return times(database, "waits_until");
    }

    /** When a pass of the flow last came to its end, failed, or began to read; empty if none ever has. */
    public Optional<Instant> lastPass(String flow) {
        return database.client()
                .sql(
                        """
                        select max(at) as last from (
                            select ended_at as at from last_end where name = :name
                            union all select failed_at from last_end where name = :name
                            union all select started_at from run where id = (
                                select max(id) from run where flow = :flow and pass is not null)) as ends""")
                .param("name", PASS + flow)
                .param("flow", flow)
                .query((row, number) -> Optional.ofNullable(Times.of(row, "last")))
                .single();
    }

    /** Whether nobody has done it for so long; where nobody ever has, since the ledger's first run. */
    public boolean isDue(String name, Duration every) {
        return database.client()
                        .sql(
                                """
                        select case when coalesce((select ended_at from last_end where name = :name),
                            (select min(started_at) from run)) < :since then 1 else 0 end""")
                        .param("name", name)
                        .param("since", Times.sql(clock.instant().minus(every)))
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** Whether somebody did it no longer ago. */
    public boolean endedWithin(String name, Duration time) {
        return database.client()
                        .sql("select count(*) from last_end where name = :name and ended_at > :since")
                        .param("name", name)
                        .param("since", Times.sql(clock.instant().minus(time)))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The flows whose last pass failed. */
    public static Set<String> failing(LedgerDatabase database) {
        return database
                .client()
                .sql("select name from last_end where failure is not null and name like 'pass %'")
                .query(String.class)
                .list()
                .stream()
                .map(name -> name.substring(PASS.length()))
                .collect(Collectors.toSet());
    }

    /** When a pass of each flow last came to its end. */
    public static Map<String, Instant> passes(LedgerDatabase database) {
        return times(database, "ended_at");
    }

    private static Map<String, Instant> times(LedgerDatabase database, String column) {
        Map<String, Instant> times = new HashMap<>();
        database.client()
                .sql("select name, " + column + " from last_end where " + column
                        + " is not null and name like 'pass %'")
                .query(row -> {
                    times.put(row.getString("name").substring(PASS.length()), Times.of(row, column));
                });
        return times;
    }
}
