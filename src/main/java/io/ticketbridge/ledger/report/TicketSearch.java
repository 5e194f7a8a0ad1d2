package io.ticketbridge.ledger.report;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Tickets, the newest first, all or those that a person looks for. Nothing looks at every ticket but the
 * search for a resource that no group is called by. Reads only. */
public final class TicketSearch {
    /** Groups among which a search looks at most. */
    public static final int WIDEST = 1000;

    static final String BY_NUMBER = "select group_id from ticket where number like :words limit :most";
    static final String BY_LABEL = "select id from finding_group where label_key like :words limit :most";

    /**
     * What is looked for.
     *
     * @param words the beginning of a number, control, case or resource as the group is called; or the whole of a resource's name or
     *     uid, a check, a sys_id or correlation_id; empty for all
     * @param flow empty for all
     * @param phase empty for all
     */
    public record Query(String words, String flow, String phase) {}

    /** @param number null until ServiceNow has given one */
    public record Row(
            UUID groupId,
            int generation,
            String number,
            String flow,
            String label,
            String title,
            String severity,
            String state,
            String phase,
            Instant intendedAt,
            Instant openedAt) {}

    /** @param cut whether more groups match than a search looks among */
    public record Result(Paged<Row> page, boolean cut) {}

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private record After(Instant at, UUID group, int generation) {}

    private final LedgerDatabase database;

    public TicketSearch(LedgerDatabase database) {
        this.database = database;
    }

    /** @param after the key of the page; empty for the first */
    public Result of(Query query, String after, int most) {
        List<UUID> among =
                query.words().isBlank() ? List.of() : groups(query.words().strip());
        if (among.isEmpty() && !query.words().isBlank()) {
            return new Result(new Paged<>(List.of(), null), false);
        }
        After behind = PageKey.read(after, 3).map(TicketSearch::after).orElse(null);
        StatementSpec statement = database.client()
                .sql(sql(query, !among.isEmpty(), behind != null))
                .param("at", Times.sql(behind == null ? END_OF_TIME : behind.at()))
                .param("most", most + 1);
        statement = among.isEmpty() ? statement : statement.param("groups", among);
        statement = query.flow().isBlank() ? statement : statement.param("flow", query.flow());
        statement = query.phase().isBlank() ? statement : statement.param("phase", query.phase());
        if (behind != null) {
            statement = statement.param("group", behind.group()).param("generation", behind.generation());
        }
        Paged<Row> page = Paged.of(
                statement.query(TicketSearch::row).list(),
                most,
                row -> PageKey.of(row.intendedAt(), row.groupId(), row.generation()));
        return new Result(page, among.size() >= WIDEST);
    }

    static String sql(Query query, boolean among, boolean behind) {
        // Also where it excludes nothing: H2 then takes the index that has the order, and sorts nothing.
        StringBuilder where = new StringBuilder("t.intended_at <= :at");
        if (among) {
            where.append(" and t.group_id in (:groups)");
        }
        if (!query.flow().isBlank()) {
            where.append(" and t.flow = :flow");
        }
        if (!query.phase().isBlank()) {
            where.append(" and t.phase = :phase");
        }
        if (behind) {
            where.append(" and (t.intended_at < :at or t.group_id < :group"
                    + " or (t.group_id = :group and t.generation < :generation))");
        }
        // Among tickets of one flow it orders nothing, and names the index's first column.
        String first = query.flow().isBlank() ? "" : "t.flow desc, ";
        return "select t.*, g.label, g.head as group_head, case when t.phase in ('INTENDED', 'OPEN') then "
                + "(select max(f.severity) from finding f"
                + " where f.group_id = t.group_id and f.result = 0 and f.accepted_in is null) end as worst from (select "
                + Columns.TICKET
                + " from ticket t where " + where
                + " order by " + first + "t.intended_at desc, t.group_id desc, t.generation desc limit :most) t"
                + " join finding_group g on g.id = t.group_id"
                + " order by t.intended_at desc, t.group_id desc, t.generation desc";
    }

    private static After after(List<String> parts) {
        try {
            return new After(
                    Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)), Integer.parseInt(parts.get(2)));
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** The groups that are meant; the findings are asked only where nothing else is called so. */
    private List<UUID> groups(String words) {
        String number = words.toUpperCase(Locale.ROOT);
        Set<UUID> found =
                new LinkedHashSet<>(ids("select group_id from ticket where number = :words limit :most", number));
        found.addAll(ids("select group_id from ticket where sys_id = :words limit :most", words));
        found.addAll(ids("select group_id from ticket where correlation_id = :words limit :most", words));
        if (found.isEmpty()) {
            found.addAll(ids(BY_NUMBER, prefix(number)));
            found.addAll(ids(BY_LABEL, prefix(Text.key(words))));
        }
        for (String column : List.of("resource_uid", "resource_name", "check_id")) {
            if (found.isEmpty()) {
                found.addAll(
                        ids("select distinct group_id from finding where " + column + " = :words limit :most", words));
            }
        }
        return new ArrayList<>(found).subList(0, Math.min(found.size(), WIDEST));
    }

    private List<UUID> ids(String sql, String words) {
        return database.client()
                .sql(sql)
                .param("words", words)
                .param("most", WIDEST)
                .query(UUID.class)
                .list();
    }

    private static String prefix(String words) {
        return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /** As the ticket says it: of one that is open the worst of what fails now; while nothing does, and of one that is over, the last. */
    private static Severity severity(ResultSet row) throws SQLException {
        int worst = row.getInt("worst");
        return row.wasNull() ? Json.head(row.getString("head")).severity() : Severity.values()[worst];
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Head head = Json.head(row.getString("group_head"));
        return new Row(
                row.getObject("group_id", UUID.class),
                row.getInt("generation"),
                row.getString("number"),
                row.getString("flow"),
                row.getString("label"),
                head.title().isBlank() ? row.getString("label") : head.title(),
                severity(row).word(),
                row.getString("state"),
                Phase.valueOf(row.getString("phase")).name().toLowerCase(Locale.ROOT),
                Times.of(row, "intended_at"),
                Times.of(row, "opened_at"));
    }
}
