package io.ticketbridge.config;

import io.ticketbridge.ticket.SyncField;
import java.util.List;
import java.util.Map;

/** The settings of a ticket profile. */
final class ProfileKeys {
    static final Key<String> PROFILE_TABLE = Key.of(
                    "profile.NAME.table", Types.table(), "The table of the tickets, by name; a profile needs no more.")
            .like("incident");
    static final Key<String> PROFILE_ASSIGNMENT_GROUP = Key.of(
                    "profile.NAME.assignment-group",
                    Types.sysId(),
                    "The assignment group; that of ticketbridge.servicenow.group-sys-id unless set.")
            .like(Keys.GROUP_EXAMPLE);
    static final Key<String> PROFILE_ASSIGNED_TO = Key.of(
                    "profile.NAME.assigned-to",
                    Types.sysId(),
                    "The assignee; that of ticketbridge.servicenow.user-sys-id unless set.")
            .like(Keys.USER_EXAMPLE);
    static final Key<String> PROFILE_CALLER = Key.of(
                    "profile.NAME.caller",
                    Types.sysId(),
                    "The caller; unless set, the integration's own user where it may read its record of sys_user and the table has callers, else none.")
            .like(Keys.USER_EXAMPLE);
    static final Key<String> PROFILE_FIELD = Key.of(
                    "profile.NAME.field.COLUMN",
                    Types.template(),
                    "What a column holds: text, or a Camel simple template such as ${body.title}. An empty one leaves out a column that ticketbridge would write by itself.")
            .like("${body.title}");
    static final Key<String> PROFILE_ON_OPEN = Key.of(
                    "profile.NAME.on-open.COLUMN", Types.template(), "The same, only when a ticket is opened.")
            .like("ticketbridge");
    static final Key<String> PROFILE_ON_UPDATE = Key.of(
                    "profile.NAME.on-update.COLUMN", Types.template(), "The same, only when a ticket is updated.")
            .like("In Progress");
    static final Key<String> PROFILE_ON_RESOLVE = Key.of(
                    "profile.NAME.on-resolve.COLUMN", Types.template(), "The same, only when a ticket is resolved.")
            .like("Resolved by caller");
    static final Key<String> PROFILE_ON_REOPEN = Key.of(
                    "profile.NAME.on-reopen.COLUMN", Types.template(), "The same, only when a ticket is reopened.")
            .like("In Progress");
    static final Key<String> PROFILE_SEVERITY = Key.of(
                    "profile.NAME.severity.LEVEL.COLUMN",
                    Types.template(),
                    "What a column holds at a severity: critical, high, medium, low, informational or unknown.")
            .like("1 - High");
    static final Key<Integer> PROFILE_MAX_RESOURCES_IN_TEXT = Key.of(
                    "profile.NAME.max-resources-in-text",
                    Types.count(1, 10_000),
                    "How many resources the description lists; all of them are attached.")
            .orElse("50");

    static final Key<String> PROFILE_ADOPT_QUERY = Key.of(
                    "profile.NAME.adopt-query",
                    Types.template(),
                    "With baseline=adopt: the encoded query that finds the record of a problem that was ticketed before, a Camel simple template. Each value in it must be there, and a query that finds records for any value is not used. One record is adopted for one problem only.")
            .like("short_description=${body.title}^active=true");

    static final Key<List<String>> PROFILE_ACCEPTED_CLOSE_CODE = Key.of(
                    "profile.NAME.accepted-risk.close-code",
                    Types.list(),
                    "The close codes, by label or value, with which people accept a risk: what a ticket that is closed so lists opens no other until its date; off unless set.")
            .like("Risk accepted");
    static final Key<String> PROFILE_ACCEPTED_UNTIL_FIELD = Key.of(
                    "profile.NAME.accepted-risk.until-field",
                    Types.column(),
                    "The column that says until when the risk is accepted: a date (until that day begins, in UTC), or a date and time.")
            .like("u_accepted_until");
    static final Key<Integer> PROFILE_ACCEPTED_DAYS = Key.of(
                    "profile.NAME.accepted-risk.days",
                    Types.count(1, 3650),
                    "How many days the risk is accepted where the ticket has no date; unless set, until somebody changes the ticket.")
            .like("90");

    static final Key<List<String>> PROFILE_SYNC_STATUS = Key.of(
                    "profile.NAME.sync.status.VALUE",
                    Types.list(),
                    "The ticket's states, by label or value, that go with a case's Open, In-progress or Closed: the first is written, all are read. "
                            + "The tables that ServiceNow ships have lists already: see docs/maps.md.")
            .like("Resolved, Closed, Canceled")
            .endingWith(SyncDefaults.STATUSES);
    static final Key<List<String>> PROFILE_SYNC_PRIORITY = Key.of(
                    "profile.NAME.sync.priority.VALUE",
                    Types.list(),
                    "The same of the ticket's priorities and P0, P1, P2 or P3; where ServiceNow computes the priority, it is written by severity.LEVEL.COLUMN.")
            .like("4 - Low, 5 - Planning")
            .endingWith(SyncDefaults.PRIORITIES);
    static final Key<List<String>> PROFILE_SYNC_FINDINGS = Key.of(
                    "profile.NAME.sync.findings.VALUE",
                    Types.list(),
                    "The same of the ticket's close codes and TruePositive, FalsePositive, BenignTruePositive, Noteworthy, NoFindings or OtherFindings.")
            .like("Solution provided, Workaround provided")
            .endingWith(SyncDefaults.FINDINGS);

    static final Map<SyncField, Key<List<String>>> SYNC = Map.of(
            SyncField.STATUS, PROFILE_SYNC_STATUS,
            SyncField.PRIORITY, PROFILE_SYNC_PRIORITY,
            SyncField.FINDINGS, PROFILE_SYNC_FINDINGS);

    static final List<Key<?>> ALL = List.of(
            PROFILE_TABLE,
            PROFILE_ASSIGNMENT_GROUP,
            PROFILE_ASSIGNED_TO,
            PROFILE_CALLER,
            PROFILE_FIELD,
            PROFILE_ON_OPEN,
            PROFILE_ON_UPDATE,
            PROFILE_ON_RESOLVE,
            PROFILE_ON_REOPEN,
            PROFILE_SEVERITY,
            PROFILE_MAX_RESOURCES_IN_TEXT,
            PROFILE_ADOPT_QUERY,
            PROFILE_ACCEPTED_CLOSE_CODE,
            PROFILE_ACCEPTED_UNTIL_FIELD,
            PROFILE_ACCEPTED_DAYS,
            PROFILE_SYNC_STATUS,
            PROFILE_SYNC_PRIORITY,
            PROFILE_SYNC_FINDINGS);

    private ProfileKeys() {}
}
