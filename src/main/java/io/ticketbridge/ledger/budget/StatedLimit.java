package io.ticketbridge.ledger.budget;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/** What ServiceNow said of its limit, for all replicas. Of several rules the tightest holds. */
final class StatedLimit {
    /** A limit that no answer named for so long is gone. */
    private static final Duration FRESH = Duration.ofHours(2);

    private static final Duration WRITE_AGAIN = Duration.ofMinutes(10);

    /** @param most requests per hour, 0 if never heard */
    record Row(int most, String rule, Instant heardAt, Instant restUntil) {
        static final Row NOTHING = new Row(0, "", null, null);

        boolean isFresh(Instant now) {
            return most > 0 && heardAt.plus(FRESH).isAfter(now);
        }

        boolean isAtRest(Instant now) {
            return restUntil != null && restUntil.isAfter(now);
        }

        private boolean gives(int otherMost, String otherRule, Instant now) {
            return isFresh(now) && (otherMost > most && !otherRule.equals(rule) || otherMost == most);
        }
    }

    private final LedgerDatabase database;
    private final Clock clock;

    StatedLimit(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Row row() {
        return read("").orElse(Row.NOTHING);
    }

    /** The row, locked until the transaction ends. */
    Row lock() {
        return read(" for update").orElseGet(() -> {
            throw new IllegalStateException("request_limit has no row");
        });
    }

    private Optional<Row> read(String how) {
        return database.client()
                .sql("select most, rule, heard_at, rest_until from request_limit where id = 1" + how)
                .query(StatedLimit::said)
                .optional();
    }

    private static Row said(ResultSet row, int number) throws SQLException {
        String rule = row.getString("rule");
        return new Row(
                row.getInt("most"), rule == null ? "" : rule, Times.of(row, "heard_at"), Times.of(row, "rest_until"));
    }

    /** @return whether that is news to all */
    boolean heard(Row known, int most, String rule) {
        Instant now = clock.instant();
        if (known.gives(most, rule, now)) {
            if (most == known.most() && known.heardAt().isBefore(now.minus(WRITE_AGAIN))) {
                write(most, rule, now);
            }
            return false;
        }
        Row before = row();
        if (before.gives(most, rule, now)) {
            return false;
        }
        write(most, rule, now);
        return true;
    }

    private void write(int most, String rule, Instant now) {
        require();
        database.client()
                .sql("update request_limit set most = :most, rule = :rule, heard_at = :now where id = 1")
                .param("most", most)
                .param("rule", Text.cut(rule, 100))
                .param("now", Times.sql(now))
                .update();
    }

    void rest(Instant until) {
        require();
        database.client()
                .sql(
                        "update request_limit set rest_until = :until where id = 1 and (rest_until is null or rest_until < :until)")
                .param("until", Times.sql(until))
                .update();
    }

    /** Makes the row where it is missing; not in a transaction, for PostgreSQL's would end with the failure. */
    void require() {
        if (read("").isEmpty()) {
            try {
                database.client()
                        .sql("insert into request_limit (id) values (1)")
                        .update();
            } catch (DuplicateKeyException e) {
                // Another replica was first.
                return;
            }
        }
    }
}
