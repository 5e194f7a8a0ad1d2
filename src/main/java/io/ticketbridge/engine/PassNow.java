package io.ticketbridge.engine;

import java.util.Date;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a flow make a pass as soon as it can, by the scheduler that makes all others: never beside one that is under way, and
 * one for all who ask meanwhile.
 */
final class PassNow {
    private static final Logger LOG = LoggerFactory.getLogger(PassNow.class);
    private static final String GROUP = "ticketbridge";

    private final CamelContext context;

    PassNow(CamelContext context) {
        this.context = context;
    }

    /** What can't be scheduled is read when the flow's time has come. */
    public synchronized void begin(String flow) {
        TriggerKey key = new TriggerKey(flow + " now", GROUP);
        Trigger once = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(new JobKey(flow, GROUP))
                .startAt(new Date())
                .build();
        try {
            Scheduler scheduler =
                    context.getComponent("quartz", QuartzComponent.class).getScheduler();
            if (scheduler.rescheduleJob(key, once) == null) {
                scheduler.scheduleJob(once);
            }
        } catch (ObjectAlreadyExistsException e) {
            LOG.debug("Another replica was asked for the same pass just now. flow={}", flow);
        } catch (SchedulerException e) {
            LOG.warn(
                    "A pass can't be begun at once; it begins when its time has come. flow={} cause=\"{}\"",
                    flow,
                    e.getMessage());
        }
    }
}
