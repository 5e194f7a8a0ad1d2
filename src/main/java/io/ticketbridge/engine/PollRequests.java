package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Poll;
import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.budget.RequestBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many requests to ServiceNow polls alone need in an hour (P19). Of a flow in step each pass asks three times: for the tickets that changed, once
 * more for the page after them, and for their files. Of another that is polled it asks once for each hundred tickets that are not over, here taken
 * for one; of files and bodies that were sent, once an hour.
 */
final class PollRequests {
    private static final int IN_STEP = 3;

    /** A cron expression may mean pauses of any length: so many passes are looked at, or those of a day. */
    private static final int LOOKED_AT = 200;

    private static final Duration DAY = Duration.ofDays(1);

    private PollRequests() {}

    /** A warning if they are more than the settings leave to them. */
    static Optional<Checked> fault(Settings settings, Instant now) {
        if (settings.serviceNow().requestsPerHour().isEmpty()) {
            return Optional.empty();
        }
        int most = settings.serviceNow().requestsPerHour().getAsInt();
        int room = RequestBudget.readsOf(most);
        long polls = inAnHour(settings, now);
        return polls <= room
                ? Optional.empty()
                : Optional.of(Checked.warning(
                        "settings",
                        "requests-per-hour",
                        "Polls alone need about " + polls + " requests to ServiceNow an hour, and of"
                                + " ticketbridge.servicenow.requests-per-hour=" + most + " polls may use " + room
                                + ", so sources are read later than their flows say",
                        "raise ticketbridge.servicenow.requests-per-hour with the instance's own limit, or poll less often"
                                + " (ticketbridge.flow.NAME.poll)"));
    }

    /** Rounded up. */
    static long inAnHour(Settings settings, Instant now) {
        return (long) Math.ceil(settings.flows().values().stream()
                .filter(FlowRoutes::isPolled)
                .mapToDouble(flow -> ofFlow(flow, now))
                .sum());
    }

    private static double ofFlow(FlowSettings flow, Instant now) {
        double passes = passesAnHour(flow.poll(), now);
        return switch (flow.source()) {
            case FILES, HTTP -> Math.min(1, passes);
            default -> passes * (flow.syncBack() ? IN_STEP : 1);
        };
    }

    private static double passesAnHour(Poll poll, Instant now) {
        Instant last = now.plus(DAY);
        List<Instant> passes = Stream.iterate(poll.next(now), time -> !time.isAfter(last), poll::next)
                .limit(LOOKED_AT)
                .toList();
        Instant end = passes.size() < LOOKED_AT ? last : passes.get(LOOKED_AT - 1);
        return passes.size() * 3600.0 / Duration.between(now, end).toSeconds();
    }
}
