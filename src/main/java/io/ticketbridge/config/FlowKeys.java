package io.ticketbridge.config;

import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The settings of a flow. */
final class FlowKeys {
    /** The folder of mapping files, in that of the settings and in the jar. */
    static final String MAPPINGS = "mappings";

    private static final Type<Integer> ONE_OR_MORE = Types.count(1, Integer.MAX_VALUE);

    static final Key<SourceKind> FLOW_SOURCE = Key.of(
                    "flow.NAME.source",
                    Types.choice(SourceKind.class),
                    "Where the findings come from: vision-one-cases or vision-one-alerts (never both), cloud-posture, scc, workload-protection, files, http, or api for any other JSON API.")
            .like("scc");
    static final Key<String> FLOW_INSTANCE = Key.of(
                    "flow.NAME.instance",
                    Types.text(),
                    "The NAME of the Vision One tenant, SCC or Workload Protection instance, or API; default is the one without a name.")
            .orElse(Key.DEFAULT_INSTANCE);
    static final Key<String> FLOW_PROFILE = Key.of(
                    "flow.NAME.profile", Types.text(), "The NAME of the profile of its tickets.")
            .like("compliance-incident");
    static final Key<Boolean> FLOW_ENABLED =
            Key.of("flow.NAME.enabled", Types.flag(), "Whether the flow runs.").orElse("true");
    static final Key<Poll> FLOW_POLL = Key.of(
                    "flow.NAME.poll",
                    Schedule.type(),
                    "When to poll, in UTC; unless set 5m for cases, alerts and http, 1m for files and 1h for the others.")
            .like("1h");
    static final Key<String> FLOW_FILTER = Key.of(
                    "flow.NAME.filter",
                    Types.template(),
                    "A Camel simple expression; findings for which it is false are counted as filtered.")
            .like("${body.severity} == 'HIGH'");
    static final Key<String> FLOW_SOURCE_FILTER = Key.of(
                    "flow.NAME.source-filter",
                    Types.text(),
                    "What the source itself filters by: Vision One cases, alerts or Cloud Posture checks (the header TMV1-Filter), Workload Protection requirements by policy and zone; all unless set.")
            .like("priority eq 'P1'");
    static final Key<Path> FLOW_FOLDER = Key.of(
                    "flow.NAME.folder",
                    Types.folder(),
                    "The folder watched for findings files; without it files come by the command import alone.")
            .like("./findings");
    static final Key<Boolean> FLOW_COMPLETE = Key.of(
                    "flow.NAME.complete",
                    Types.flag(),
                    "Whether each findings file is a whole scan: then a failure that it no longer lists, of an account, region and check that it does list, counts as fixed. Set it to false where one scan comes in several files, or is filtered. Over HTTP the sender has to say complete=true as well.")
            .orElse("true");
    static final Key<Secret> FLOW_TOKEN = Key.of(
            "flow.NAME.token",
            Types.secret(),
            "What senders to /intake/NAME show as a bearer token; at least 16 characters.");
    static final Key<Secret> FLOW_HMAC_SECRET = Key.of(
            "flow.NAME.hmac-secret",
            Types.secret(),
            "What senders to /intake/NAME sign body and query with (X-Hub-Signature-256); at least 16 characters.");
    static final Key<Path> FLOW_MAPPING = Key.of(
                    "flow.NAME.mapping",
                    Types.file(),
                    "The file that says how the API is read and what a finding is, in mappings/ beside application.properties or in the jar.")
            .like("security-hub.yaml");
    static final Key<String> FLOW_POLL_ROUTE = Key.of(
                    "flow.NAME.poll-route",
                    Types.text(),
                    "The route template that reads the API; name a copy of your own where the shipped one needs more steps.")
            .orElse("poll-api");
    static final Key<List<GroupKey>> FLOW_GROUP_BY = Key.of(
                    "flow.NAME.group-by",
                    Grouping.type(),
                    "What the findings of one ticket share; cases and alerts are never grouped.")
            .orElse("resource");
    static final Key<String> FLOW_CONTROL = Key.of(
                    "flow.NAME.control",
                    Types.text(),
                    "What a control is: check, control (the source's own), or the name of a framework such as CIS-1.4 (for cloud-posture a standard such as PCI-V4, as a whole), to the letter; a finding that has no control of it goes by its check.")
            .orElse("control");
    static final Key<Path> FLOW_CONTROL_MAP = Key.of(
                    "flow.NAME.control-map",
                    Types.file(),
                    "A YAML file, relative to the folder of application.properties, that joins checks and controls which are the same over sources; with group-by control or check.")
            .like("controls.yaml");
    static final Key<String> FLOW_NEW_TICKET_WHEN_STATUS = Key.of(
                    "flow.NAME.new-ticket-when-status",
                    Types.text(),
                    "The state, by label or value, from which a ticket no longer prevents a new one for the same problem; later states count as well.")
            .orElse("resolved");
    static final Key<Integer> FLOW_NEW_TICKET_AFTER_DAYS = Key.of(
                    "flow.NAME.new-ticket-after-days",
                    Types.count(1, 3650),
                    "After this many days an open ticket no longer prevents a new one for the same problem, whatever its state; off unless set. When the problem is fixed, all its open tickets are resolved (of a case or alert only the newest). An adopted ticket's days count from its own opening date.")
            .like("30");
    static final Key<OnRecurrence> FLOW_ON_RECURRENCE = Key.of(
                    "flow.NAME.on-recurrence",
                    Types.choice(OnRecurrence.class),
                    "What happens when a problem comes back after its ticket reached new-ticket-when-status; new-ticket unless set, reopen for cases and alerts. A ticket that is closed for good is always followed by a new one.")
            .like("new-ticket");
    static final Key<Boolean> FLOW_RESOLVE_WHEN_FIXED = Key.of(
                    "flow.NAME.resolve-when-fixed",
                    Types.flag(),
                    "Whether a ticket is resolved when scans say that nothing it covers fails any more. Switched on later, it also resolves what was left open before; the ticket of a case only when the case is closed again.")
            .orElse("true");
    static final Key<Baseline> FLOW_BASELINE = Key.of(
                    "flow.NAME.baseline",
                    Types.choice(Baseline.class),
                    "What the first run does with the failures that it finds: open tickets, adopt records that are there already, or record them quietly, so that only later failures open tickets.")
            .orElse("ticket");
    static final Key<Integer> FLOW_MAX_NEW_TICKETS_PER_RUN = Key.of(
                    "flow.NAME.max-new-tickets-per-run",
                    ONE_OR_MORE,
                    "The most tickets that one run opens; the surplus is held.")
            .orElse("200");
    static final Key<Integer> FLOW_MAX_CLOSURES_PER_RUN = Key.of(
                    "flow.NAME.max-closures-per-run",
                    ONE_OR_MORE,
                    "The most tickets that one run resolves; a run that would resolve more is held.")
            .orElse("200");
    static final Key<Boolean> FLOW_SYNC_BACK = Key.of(
                    "flow.NAME.sync-back",
                    Types.flag(),
                    "Whether changes made in ServiceNow are carried back to the case or alert.")
            .orElse("true");
    static final Key<Side> FLOW_OWNER = Key.of(
                    "flow.NAME.owner.FIELD",
                    Types.choice(Side.class),
                    "Whose value wins where both sides changed status, priority, findings, name or description; servicenow unless set, vision-one for the last two.")
            .like("servicenow")
            .endingWith(
                    Arrays.stream(SyncField.values()).map(SyncField::toString).toList());
    static final Key<OnIdleClosure> FLOW_ON_IDLE_CLOSURE = Key.of(
                    "flow.NAME.on-idle-closure",
                    Types.choice(OnIdleClosure.class),
                    "What happens to the ticket when Vision One closes a case because nobody touched it for 60 days: a comment, or resolved. Needs sync-back; without it every closed case counts as fixed.")
            .orElse("comment");
    static final Key<Poll> FLOW_RECONCILE = Key.of(
                    "flow.NAME.reconcile", Schedule.type(), "When both sides of all open tickets are compared, in UTC.")
            .orElse("0 17 0/6 * * ?");
    static final Key<Integer> FLOW_MAX_NEW_TICKETS_PER_HOUR = Key.of(
                    "flow.NAME.max-new-tickets-per-hour",
                    ONE_OR_MORE,
                    "The most tickets that are opened in any hour; the surplus is held, and follows as the hour moves on.")
            .like("500");
    static final Key<Boolean> FLOW_STORM_TICKET = Key.of(
                    "flow.NAME.storm-ticket",
                    Types.flag(),
                    "Whether one summary ticket tells how many tickets are held by the limits above, as long as there are any.")
            .orElse("false");

    static final Key<Boolean> FLOW_ALL_DELETED = Key.of(
                    "flow.NAME.all-deleted",
                    Types.flag(),
                    "If five or more tickets of a flow have vanished from ServiceNow and none is left, the pass fails, because a lost read right looks the same. Set this to true for one pass if they really were deleted.")
            .orElse("false");

    static final Key<Boolean> FLOW_FORMER_SOURCE_GONE = Key.of(
                    "flow.NAME.former-source-gone",
                    Types.flag(),
                    "After a flow is pointed at another source or instance, tickets of the former one stay open, since nothing reports on them any more. Set this to true for one complete pass to resolve those that the new source does not list. The same goes for zones that a source of Workload Protection does not read any more.")
            .orElse("false");

    static final List<Key<?>> ALL = List.of(
            FLOW_SOURCE,
            FLOW_INSTANCE,
            FLOW_PROFILE,
            FLOW_ENABLED,
            FLOW_POLL,
            FLOW_FILTER,
            FLOW_SOURCE_FILTER,
            FLOW_FOLDER,
            FLOW_COMPLETE,
            FLOW_TOKEN,
            FLOW_HMAC_SECRET,
            FLOW_MAPPING,
            FLOW_POLL_ROUTE,
            FLOW_GROUP_BY,
            FLOW_CONTROL,
            FLOW_CONTROL_MAP,
            FLOW_NEW_TICKET_WHEN_STATUS,
            FLOW_NEW_TICKET_AFTER_DAYS,
            FLOW_ON_RECURRENCE,
            FLOW_RESOLVE_WHEN_FIXED,
            FLOW_BASELINE,
            FLOW_MAX_NEW_TICKETS_PER_RUN,
            FLOW_MAX_CLOSURES_PER_RUN,
            FLOW_SYNC_BACK,
            FLOW_OWNER,
            FLOW_ON_IDLE_CLOSURE,
            FLOW_RECONCILE,
            FLOW_MAX_NEW_TICKETS_PER_HOUR,
            FLOW_STORM_TICKET,
            FLOW_ALL_DELETED,
            FLOW_FORMER_SOURCE_GONE);

    private FlowKeys() {}
}
