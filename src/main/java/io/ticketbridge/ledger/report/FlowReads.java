package io.ticketbridge.ledger.report;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.report.Subjects.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When a flow was last read, and why it is not read any more. What the ledger says of a finding is as old as that, whatever its source says
 * by now.
 */
public final class FlowReads {
    private static final String READ =
            """
            select id, scan, read_at, incomplete from run
            where flow = :flow and pass is not null and read_at is not null and state <> 'failed' order by id desc limit 1""";

    private final LedgerDatabase database;
    private final Settings settings;

    private record LastRead(long run, String scan, Instant at, boolean incomplete) {}

    public FlowReads(LedgerDatabase database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * Why a flow is not read as the settings are, in words.
     *
     * @return empty if it is, or if there are no settings of flows to tell by
     */
    public static Optional<String> switchedOff(Settings settings, String flow) {
        if (settings.flows().isEmpty()) {
            return Optional.empty();
        }
        FlowSettings known = settings.flows().get(flow);
        if (known == null) {
            return Optional.of("it is not read any more: no flow of that name is in the settings");
        }
        return known.enabled()
                ? Optional.empty()
                : Optional.of("it is not read any more: " + "ticketbridge.flow." + flow + ".enabled is false");
    }

    /** The same, or how its last pass failed; empty if it is read. */
    public Optional<String> notRead(String flow) {
        return switchedOff(settings, flow).or(() -> failing(flow));
    }

    private Optional<String> failing(String flow) {
        return database.client()
                .sql("select ended_at, failed_at, failure from last_end where name = :name and failure is not null")
                .param("name", "pass " + flow)
                .query((row, number) -> LedgerReport.failing(
                        Times.of(row, "failed_at"), Times.of(row, "ended_at"), row.getString("failure")))
                .optional();
    }

    Map<String, String> of(Subject subject, String flow, String grouping) {
        Map<String, String> facts = new LinkedHashMap<>();
        lastRead(flow).ifPresent(read -> facts.put("flow read", said(read, subject, grouping)));
        notRead(flow).ifPresent(why -> facts.put("not read", flow + ": " + why));
        return facts;
    }

    private Optional<LastRead> lastRead(String flow) {
        return database.client()
                .sql(READ)
                .param("flow", flow)
                .query((row, number) -> new LastRead(
                        row.getLong("id"),
                        row.getString("scan"),
                        Times.of(row, "read_at").truncatedTo(ChronoUnit.SECONDS),
                        row.getBoolean("incomplete")))
                .optional();
    }

    private String said(LastRead read, Subject subject, String grouping) {
        // A poll of cases or alerts reads what changed: it is never complete.
        boolean isScan = !grouping.equals("case") && !grouping.equals("alert");
        return "last in run " + read.run + " (" + read.scan + ") at " + read.at
                + (hasNews(read.run, subject) ? "" : ", which brought nothing new of it")
                + (isScan && read.incomplete
                        ? "; not a complete scan: what it does not name is not taken for gone"
                        : "");
    }

    private boolean hasNews(long run, Subject subject) {
        String finding = subject.findingId() == null ? "" : " and f.id = :finding";
        String event = subject.findingId() == null ? "" : " and e.finding_id = :finding";
        return database.client()
                        .sql("select (select count(*) from finding f where f.group_id = :group and abs(f.run_id) = :run"
                                + finding
                                + ") + (select count(*) from event e where e.group_id = :group and e.run_id = :run"
                                + " and e.finding_id is not null" + event + ")")
                        .param("group", subject.groupId())
                        .param("run", run)
                        .param("finding", subject.findingId())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
