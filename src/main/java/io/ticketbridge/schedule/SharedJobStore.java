package io.ticketbridge.schedule;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerConfigException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.impl.jdbcjobstore.DriverDelegate;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.NoSuchDelegateException;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * The schedule that all replicas share: Quartz' clustered store in the ledger's PostgreSQL. What is added to it: a replica takes only
 * what it has a route for; one that stood still changes nothing of what another has taken over; and whether one is alive is told by
 * the database's clock, not by theirs.
 */
@SuppressWarnings("unchecked") // Quartz overrides one generic method by a raw one.
public final class SharedJobStore extends JobStoreTX {
    private static final Logger LOG = LoggerFactory.getLogger(SharedJobStore.class);

    /** The same in every replica, whatever Quartz calls the scheduler in its JVM. */
    private static final String SCHEDULE = "ticketbridge";

    private static final long CHECK_IN_MILLIS = 3000;

    /** So much longer than a check-in is due, a replica counts as dead: in all, less than the shortest lease of a delivery. */
    private static final long PATIENCE_MILLIS = 4500;

    /** A pass that is so late because the one before took longer is made now, and its period begins anew. */
    private static final long LATE_MILLIS = 10_000;

    private static final long RETRY_MILLIS = 2000;
    private static final long TIDY_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int CONNECTIONS = 3;

    private final LedgerDatabase database;
    private final DataSource connections;
    private final Supplier<Set<String>> ownJobs;
    private SharedDelegate delegate;
    private volatile boolean closing;
    private long tidied = System.nanoTime();

    SharedJobStore(LedgerDatabase database, Supplier<Set<String>> ownJobs) {
        this.database = database;
        // Of its own: a check-in that waits for a connection would look like a death.
        this.connections = database.furtherPool("schedule", CONNECTIONS);
        this.ownJobs = ownJobs;
        setDataSource("ledger");
        setTablePrefix("qrtz_");
        setIsClustered(true);
        setUseProperties("true");
        setClusterCheckinInterval(CHECK_IN_MILLIS);
        setMisfireThreshold(LATE_MILLIS);
        setDbRetryInterval(RETRY_MILLIS);
        setMakeThreadsDaemons(true);
    }

    /** Another replica's scheduler has another name, and the same schedule. */
    @Override
    public void setInstanceName(String name) {
        super.setInstanceName(SCHEDULE);
    }

    @Override
    public void initialize(ClassLoadHelper loader, SchedulerSignaler signaler) throws SchedulerConfigException {
        super.initialize(loader, signaler);
        delegate = new SharedDelegate(database.time(), ownJobs);
        try {
            delegate.initialize(getLog(), tablePrefix, instanceName, instanceId, loader, canUseProperties(), null);
        } catch (NoSuchDelegateException e) {
            throw new SchedulerConfigException(e.getMessage(), e);
        }
    }

    @Override
    protected DriverDelegate getDelegate() {
        return delegate;
    }

    /** Not in Quartz' wrapper: the pool restores what was set, and the wrapper complains where the database went away meanwhile. */
    @Override
    protected Connection getConnection() throws JobPersistenceException {
        try {
            Connection connection = connections.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new JobPersistenceException("The ledger can't be reached: " + e.getMessage(), e);
        }
    }

    /** Its own lines would name what nobody here knows of; what matters is said by this class. */
    @Override
    protected Logger getLog() {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    protected boolean doCheckin() throws JobPersistenceException {
        try {
            boolean recovered = super.doCheckin();
            database.outage().ended();
            tidy();
            return recovered;
        } catch (JobPersistenceException | RuntimeException e) {
            if (Outage.isCauseOf(e)) {
                database.outage().began(e);
            } else if (!closing) {
                LOG.warn("The schedule can't be looked after; it is tried again. cause=\"{}\"", e.getMessage());
            }
            throw e;
        }
    }

    @Override
    protected long calcFailedIfAfter(SchedulerStateRecord replica) {
        long sinceOwn = System.currentTimeMillis() - lastCheckin;
        return replica.getCheckinTimestamp() + Math.max(replica.getCheckinInterval(), sinceOwn) + PATIENCE_MILLIS;
    }

    @Override
    protected void clusterRecover(Connection connection, List<SchedulerStateRecord> failed)
            throws JobPersistenceException {
        super.clusterRecover(connection, failed);
        failed.stream()
                .map(SchedulerStateRecord::getSchedulerInstanceId)
                .filter(replica -> !replica.equals(getInstanceId()))
                .forEach(replica -> LOG.warn(
                        "A replica died or stands still; what it was at begins anew elsewhere. replica={}", replica));
    }

    /** Not what another replica took over meanwhile, and not what this one has no route for any more: then it stays due. */
    @Override
    protected TriggerFiredBundle triggerFired(Connection connection, OperableTrigger trigger)
            throws JobPersistenceException {
        return ownJobs.get().contains(OwnJobs.name(trigger.getJobKey())) && isOurs(connection, trigger)
                ? super.triggerFired(connection, trigger)
                : null;
    }

    /** What another took over is not over because this one has come to its end: it would begin a third time beside it. */
    @Override
    protected void triggeredJobComplete(
            Connection connection, OperableTrigger trigger, JobDetail job, CompletedExecutionInstruction instruction)
            throws JobPersistenceException {
        if (isOurs(connection, trigger)) {
            super.triggeredJobComplete(connection, trigger, job, instruction);
        }
    }

    @Override
    protected void releaseAcquiredTrigger(Connection connection, OperableTrigger trigger)
            throws JobPersistenceException {
        if (isOurs(connection, trigger)) {
            super.releaseAcquiredTrigger(connection, trigger);
        }
    }

    private boolean isOurs(Connection connection, OperableTrigger trigger) throws JobPersistenceException {
        try {
            return delegate.isFired(connection, trigger.getFireInstanceId());
        } catch (SQLException e) {
            throw new JobPersistenceException("The schedule can't be read: " + e.getMessage(), e);
        }
    }

    /** What a job came to is noted however long the ledger is away, but it keeps no process from ending. */
    @Override
    protected <T> T retryExecuteInNonManagedTXLock(String lock, TransactionCallback<T> work) {
        while (true) {
            try {
                return executeInNonManagedTXLock(lock, work, null);
            } catch (JobPersistenceException | RuntimeException e) {
                if (Outage.isCauseOf(e)) {
                    database.outage().began(e);
                }
                if (closing || !slept()) {
                    return null;
                }
            }
        }
    }

    private static boolean slept() {
        try {
            Thread.sleep(RETRY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void closing() {
        closing = true;
    }

    /** Whoever ends in order says so, and nobody has to wait until it looks dead. */
    @Override
    public void shutdown() {
        super.shutdown();
        try {
            executeInNonManagedTXLock(
                    LOCK_TRIGGER_ACCESS,
                    connection -> {
                        leave(connection);
                        return null;
                    },
                    null);
        } catch (JobPersistenceException | RuntimeException e) {
            LOG.debug("The ledger can't be used; what this replica was at is taken over when it looks dead", e);
        }
    }

    private void leave(Connection connection) throws JobPersistenceException {
        SchedulerStateRecord own = new SchedulerStateRecord();
        own.setSchedulerInstanceId(getInstanceId());
        super.clusterRecover(connection, List.of(own));
        try {
            delegate.deleteSchedulerState(connection, getInstanceId());
        } catch (SQLException e) {
            throw new JobPersistenceException(e.getMessage(), e);
        }
    }

    /** A flow that was taken away or renamed leaves its schedule behind: other replicas may still know it. */
    private void tidy() throws JobPersistenceException {
        long now = System.nanoTime();
        if (now - tidied < TIDY_NANOS) {
            return;
        }
        tidied = now;
        forgetLeftOvers();
    }

    void forgetLeftOvers() throws JobPersistenceException {
        for (JobKey job : executeWithoutLock(this::leftOver)) {
            if (removeJob(job)) {
                LOG.info("A schedule that no replica has followed for a day is forgotten. flow={}", job.getName());
            }
        }
    }

    private List<JobKey> leftOver(Connection connection) throws JobPersistenceException {
        try {
            return delegate.leftOver(connection);
        } catch (SQLException e) {
            throw new JobPersistenceException(e.getMessage(), e);
        }
    }
}
