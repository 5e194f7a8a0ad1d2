package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.ledger.budget.RequestBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells the rate budget what the instance says of its limit, and how long it wants to be left alone after a 429 (P19). */
public final class StatedLimits implements Consumer<LastAnswer> {
    private static final int TOO_MANY_REQUESTS = 429;

    private final RequestBudget budget;
    private final Clock clock;

    public StatedLimits(RequestBudget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    @Override
    public void accept(LastAnswer answer) {
        String limit = answer.header("X-RateLimit-Limit");
        if (limit != null && limit.strip().matches("[1-9][0-9]{0,8}")) {
            String rule = answer.header("X-RateLimit-Rule");
            budget.heard(Integer.parseInt(limit.strip()), rule == null ? "" : rule.strip());
        }
        if (answer.status() == TOO_MANY_REQUESTS) {
            Duration wait = RetryWait.of(answer::header, clock.instant());
            if (!wait.isZero()) {
                budget.rest(clock.instant().plus(wait));
            }
        }
    }
}
