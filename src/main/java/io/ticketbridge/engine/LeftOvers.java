package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was sent and accepted, and not read when a process ended. */
final class LeftOvers {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

    private final Settings settings;
    private final SourceBeans sources;

    LeftOvers(Settings settings, SourceBeans sources) {
        this.settings = settings;
        this.sources = sources;
    }

    /** What the last process left is read now, whenever the flow's time comes. */
    void read() {
        if (settings.database().url().startsWith("jdbc:h2:")) {
            // No other process runs the schedule on this file: the lock says so.
            sources.waitingIntakes.releaseAll();
        }
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.isSent())
                .map(FlowSettings::name)
                .filter(flow -> sources.waitingIntakes.newest(flow) > 0)
                .forEach(sources.passNow::begin);
    }

    /** So that the next process reads at once what this one could not bring to its end. */
    void release() {
        try {
            sources.waitingIntakes.release();
        } catch (RuntimeException e) {
            LOG.debug("The ledger can't be used; what is read now is free when its lease is over", e);
        }
    }
}
