package io.ticketbridge.schedule;

import io.ticketbridge.ledger.database.DatabaseTime;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.quartz.JobKey;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the shared schedule asks PostgreSQL for otherwise than Quartz does. */
final class SharedDelegate extends PostgreSQLDelegate {
    private static final Logger LOG = LoggerFactory.getLogger(SharedDelegate.class);
    private static final Duration NOBODYS = Duration.ofDays(1);

    private static final String OWN = "(job_group || '/' || job_name) = any(?)";

    /**
     * Nothing of a job that is under way. Quartz blocks the other triggers of such a job, but frees one that a replica had taken before and
     * gives back: it would begin beside the pass, whose end frees the first, and so on for as long as a pass lasts longer than its period.
     */
    private static final String DUE =
            """
            select trigger_name, trigger_group from {0}triggers due
            where sched_name = {1} and trigger_state = 'WAITING' and next_fire_time <= ?
              and (misfire_instr = -1 or next_fire_time >= ?)
              and not exists (select 1 from {0}fired_triggers f where f.sched_name = due.sched_name
                  and f.job_group = due.job_group and f.job_name = due.job_name and f.is_nonconcurrent and f.state = 'EXECUTING')
              and\s"""
                    + OWN
                    + " order by next_fire_time, priority desc limit ?";

    private static final String LATE =
            """
            select trigger_name, trigger_group from {0}triggers
            where sched_name = {1} and misfire_instr <> -1 and next_fire_time < ? and trigger_state = ? and\s"""
                    + OWN
                    + " order by next_fire_time, priority desc";

    private static final String FIRED = "select 1 from {0}fired_triggers where sched_name = {1} and entry_id = ?";

    private static final String LEFT_OVER =
            """
            select distinct job_name, job_group from {0}triggers
            where sched_name = {1} and trigger_state = 'WAITING' and next_fire_time < ? and not\s"""
                    + OWN;

    private final DatabaseTime time;
    private final Supplier<Set<String>> ownJobs;
    private boolean checkedIn;

    SharedDelegate(DatabaseTime time, Supplier<Set<String>> ownJobs) {
        this.time = time;
        this.ownJobs = ownJobs;
    }

    @Override
    public List<TriggerKey> selectTriggerToAcquire(
            Connection connection, long noLaterThan, long noEarlierThan, int most) throws SQLException {
        try (PreparedStatement due = connection.prepareStatement(text(DUE))) {
            due.setLong(1, noLaterThan);
            due.setLong(2, noEarlierThan);
            due.setArray(3, own(connection));
            due.setInt(4, Math.max(1, most));
            return triggers(due);
        }
    }

    /** @return whether there are more than asked for */
    @Override
    public boolean hasMisfiredTriggersInState(
            Connection connection, String state, long before, int most, List<TriggerKey> found) throws SQLException {
        List<TriggerKey> all = late(connection, state, before);
        boolean more = most >= 0 && all.size() > most;
        found.addAll(more ? all.subList(0, most) : all);
        return more;
    }

    @Override
    public int countMisfiredTriggersInState(Connection connection, String state, long before) throws SQLException {
        return late(connection, state, before).size();
    }

    private List<TriggerKey> late(Connection connection, String state, long before) throws SQLException {
        try (PreparedStatement late = connection.prepareStatement(text(LATE))) {
            late.setLong(1, before);
            late.setString(2, state);
            late.setArray(3, own(connection));
            return triggers(late);
        }
    }

    /** Quartz fills names in by a format, to which a quote is a sign of its own. */
    private String text(String sql) {
        return rtp(sql.replace("'", "''"));
    }

    private static List<TriggerKey> triggers(PreparedStatement query) throws SQLException {
        List<TriggerKey> keys = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                keys.add(new TriggerKey(rows.getString(1), rows.getString(2)));
            }
        }
        return keys;
    }

    private Array own(Connection connection) throws SQLException {
        return connection.createArrayOf("varchar", ownJobs.get().toArray());
    }

    /** Whether what this process took from the schedule is still its own. */
    boolean isFired(Connection connection, String entry) throws SQLException {
        try (PreparedStatement fired = connection.prepareStatement(text(FIRED))) {
            fired.setString(1, entry);
            try (ResultSet row = fired.executeQuery()) {
                return row.next();
            }
        }
    }

    /** What has been due for a day and nobody did: no replica has a route for it any more. */
    List<JobKey> leftOver(Connection connection) throws SQLException {
        try (PreparedStatement old = connection.prepareStatement(text(LEFT_OVER))) {
            old.setLong(1, System.currentTimeMillis() - NOBODYS.toMillis());
            old.setArray(2, own(connection));
            return triggers(old).stream()
                    .map(key -> new JobKey(key.getName(), key.getGroup()))
                    .toList();
        }
    }

    @Override
    public int insertSchedulerState(Connection connection, String replica, long at, long every) throws SQLException {
        if (checkedIn) {
            LOG.warn(
                    "This replica stood still, or could not reach the ledger, for so long that others took over what it was at; it goes on");
        }
        checkedIn = true;
        return super.insertSchedulerState(connection, replica, at + time.millisAhead(connection), every);
    }

    @Override
    public int updateSchedulerState(Connection connection, String replica, long at) throws SQLException {
        return super.updateSchedulerState(connection, replica, at + time.millisAhead(connection));
    }

    /** Times as this machine's clock would have noted them. */
    @Override
    public List<SchedulerStateRecord> selectSchedulerStateRecords(Connection connection, String replica)
            throws SQLException {
        List<SchedulerStateRecord> records = super.selectSchedulerStateRecords(connection, replica);
        long ahead = time.millisAhead(connection);
        records.forEach(each -> each.setCheckinTimestamp(each.getCheckinTimestamp() - ahead));
        return records;
    }
}
