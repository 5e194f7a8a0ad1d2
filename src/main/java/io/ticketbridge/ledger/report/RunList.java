package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The runs of a flow with their accounts (P5), the newest first. Reads only. */
public final class RunList {

    /**
     * One pass over a source.
     *
     * @param endedAt null while it is under way
     * @param error why it failed, or null
     * @param account as {@link Account#asMap} made it; null until it is closed
     */
    public record Row(
            long id,
            String scan,
            String state,
            Instant startedAt,
            Instant endedAt,
            String error,
            long read,
            Map<String, Object> account) {
        /** How many of an outcome, 0 without an account. */
        public long outcome(String name) {
            return number("findings", name);
        }

        public long tickets(String name) {
            return number("tickets", name);
        }

        public long absent() {
            return account != null && account.get("absent") instanceof Number number ? number.longValue() : 0;
        }

        private long number(String part, String name) {
            return account != null
                            && account.get(part) instanceof Map<?, ?> counts
                            && counts.get(name) instanceof Number number
                    ? number.longValue()
                    : 0;
        }
    }

    private final LedgerDatabase database;

    public RunList(LedgerDatabase database) {
        this.database = database;
    }

    /** @param before the key of the page; empty for the first */
    public Paged<Row> of(String flow, String before, int most) {
        long below = before.matches("\\d{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        List<Row> found = database.client()
                .sql(
                        """
                        select id, scan, state, started_at, ended_at, error, read_count, account from run
                        where flow = :flow and id < :below order by id desc limit :most""")
                .param("flow", flow)
                .param("below", below)
                .param("most", most + 1)
                .query(RunList::row)
                .list();
        return Paged.of(found, most, row -> String.valueOf(row.id()));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String account = row.getString("state").equals("done") ? row.getString("account") : null;
        return new Row(
                row.getLong("id"),
                row.getString("scan"),
                row.getString("state"),
                Times.of(row, "started_at"),
                Times.of(row, "ended_at"),
                row.getString("error"),
                row.getLong("read_count"),
                account == null ? null : Json.map(account));
    }
}
