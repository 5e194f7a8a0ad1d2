package io.ticketbridge.schedule;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SchedulerFactory;
import org.quartz.impl.DefaultThreadExecutor;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.spi.JobStore;

/**
 * Makes the scheduler of Camel's quartz component: in memory where one process runs, shared with all replicas where the ledger is in
 * PostgreSQL. Each engine has one of its own, so that several live in one JVM.
 */
public final class Schedulers implements SchedulerFactory {
    /** For chores and routes of one's own. */
    private static final int OTHERS = 5;

    private static final int LEAST = 10;

    /** How soon a replica sees what another one scheduled. */
    private static final long LOOK_MILLIS = 5000;

    private static final long AFTER_AN_OUTAGE_MILLIS = 2000;

    private final String owner;
    private final LedgerDatabase database;
    private final boolean shared;
    private final CamelContext context;
    private final int threads;
    private Scheduler scheduler;

    private Schedulers(String owner, LedgerDatabase database, boolean shared, CamelContext context, int threads) {
        this.threads = threads;
        this.owner = owner;
        this.database = database;
        this.shared = shared;
        this.context = context;
    }

    /**
     * @param owner tells this process from every other
     * @param scheduled whether this process makes passes by itself; one that does not must not take any from those that do
     * @param passes of how many kinds: each holds a thread to its end, however slow its source is, and no other waits for it
     */
    public static void install(
            CamelContext context, LedgerDatabase database, String owner, boolean scheduled, int passes) {
        QuartzComponent quartz = (QuartzComponent) context.getComponent("quartz", true, false);
        quartz.setSchedulerFactory(new Schedulers(
                owner, database, scheduled && database.isShared(), context, Math.max(LEAST, passes + OTHERS)));
    }

    @Override
    public synchronized Scheduler getScheduler() throws SchedulerException {
        if (scheduler == null) {
            scheduler = make();
        }
        return scheduler;
    }

    private Scheduler make() throws SchedulerException {
        JobStore store = shared ? new SharedJobStore(database, () -> OwnJobs.of(context)) : new RAMJobStore();
        SimpleThreadPool pool = new SimpleThreadPool(threads, Thread.NORM_PRIORITY);
        pool.setThreadNamePrefix("schedule");
        DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
        // The name is the JVM's, the store has its own: Quartz keeps all schedulers of a JVM by their names.
        factory.createScheduler(
                owner,
                owner,
                pool,
                new DefaultThreadExecutor(),
                store,
                Map.of(),
                null,
                0,
                LOOK_MILLIS,
                AFTER_AN_OUTAGE_MILLIS,
                false,
                null);
        Scheduler made = factory.getScheduler(owner);
        if (store instanceof SharedJobStore common) {
            made.getListenerManager().addSchedulerListener(new ScheduleFaults(database.outage(), common));
        }
        return made;
    }

    @Override
    public Scheduler getScheduler(String name) throws SchedulerException {
        return owner.equals(name) ? getScheduler() : null;
    }

    @Override
    public Collection<Scheduler> getAllSchedulers() throws SchedulerException {
        return List.of(getScheduler());
    }
}
