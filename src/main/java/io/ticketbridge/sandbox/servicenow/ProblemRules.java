package io.ticketbridge.sandbox.servicenow;

/** The problem's state model. The Table API does not move it, as on instances since the release Rome. */
final class ProblemRules implements BusinessRule {

    private final Settings settings;

    ProblemRules(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void apply(Change change) {
        if (!change.table.isA("problem")) {
            return;
        }
        if (change.actor.throughApi() && !settings.problemStateByTableApi) {
            change.set("state", change.isNew() ? "101" : change.old("state"));
        }
        change.set("problem_state", change.get("state"));
        if (change.changedTo("state", "106")) {
            change.set("resolved_at", change.now);
            change.set("resolved_by", change.actor.sysId());
        }
        if (change.old("state").equals("106") && change.changed("state") && !change.changedTo("state", "107")) {
            change.set("resolved_at", "");
            change.set("resolved_by", "");
            change.set("reopen_count", TaskRules.next(change.get("reopen_count")));
        }
    }
}
