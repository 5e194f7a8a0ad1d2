package io.ticketbridge.ledger.report;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The findings of a group, those that fail first, in the order in which they joined it. Reads only. */
public final class FindingList {
    private static final int KEY_PARTS = 3;

    public record Row(
            UUID id,
            String result,
            String severity,
            String account,
            String region,
            String check,
            String resource,
            String type,
            String message,
            Instant firstSeen,
            Instant changedAt,
            int order,
            long version) {}

    private final LedgerDatabase database;

    public FindingList(LedgerDatabase database) {
        this.database = database;
    }

    /** @param after the key of the page; empty for the first */
    public Paged<Row> of(UUID group, String after, int most) {
        List<String> behind = PageKey.read(after, KEY_PARTS)
                .filter(parts -> parts.get(0).matches("\\d{1,9}")
                        && parts.get(1).matches("\\d{1,18}")
                        && parts.get(2).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .orElse(List.of("0", "0", "00000000-0000-0000-0000-000000000000"));
        List<Row> found = database.client()
                .sql(
                        "select " + Columns.FINDING + " "
                                + """
                        from finding where group_id = :group and result >= :result
                          and (result > :result or version > :version or (version = :version and id > :id))
                        order by result, version, id limit :most""")
                .param("group", group)
                .param("result", Integer.parseInt(behind.get(0)))
                .param("version", Long.parseLong(behind.get(1)))
                .param("id", UUID.fromString(behind.get(2)))
                .param("most", most + 1)
                .query(FindingList::row)
                .list();
        return Paged.of(found, most, row -> PageKey.of(row.order(), row.version(), row.id()));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String name = row.getString("resource_name");
        return new Row(
                row.getObject("id", UUID.class),
                Result.values()[row.getInt("result")].name().toLowerCase(Locale.ROOT),
                Severity.values()[row.getInt("severity")].name().toLowerCase(Locale.ROOT),
                row.getString("account"),
                row.getString("region"),
                row.getString("check_id"),
                name.isBlank() ? row.getString("resource_uid") : name,
                row.getString("resource_type"),
                row.getString("message"),
                Times.of(row, "first_seen"),
                Times.of(row, "changed_at"),
                row.getInt("result"),
                row.getLong("version"));
    }
}
