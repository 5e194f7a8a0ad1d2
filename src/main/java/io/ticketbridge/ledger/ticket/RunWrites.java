package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Intent.Kind;
import java.util.Optional;

/** How many tickets each run opened and resolved, or is about to: counted as they are intended, for the breakers (P11, P12). */
final class RunWrites {
    private final LedgerDatabase database;

    RunWrites(LedgerDatabase database) {
        this.database = database;
    }

    Writes of(long run) {
        return database.client()
                .sql("select opened, resolved from run where id = :run")
                .param("run", run)
                .query((row, number) -> new Writes(row.getInt("opened"), row.getInt("resolved")))
                .optional()
                .orElse(Writes.NONE);
    }

    /**
     * Counts one more; its row stays locked until the transaction ends, so that parallel deliveries can't slip past together.
     *
     * @return false if there are as many already
     */
    boolean count(long run, Kind kind, int most) {
        Optional<String> column = column(kind);
        return column.isEmpty() || countIn(column.get(), run, most) || !exists(run);
    }

    private boolean countIn(String column, long run, int most) {
        return database.client()
                        .sql("update run set " + column + " = " + column + " + 1 where id = :run and " + column
                                + " < :most")
                        .param("run", run)
                        .param("most", most)
                        .update()
                > 0;
    }

    /** What no run asked for, or one that is forgotten by now, no breaker counts. */
    private boolean exists(long run) {
        return database.client()
                .sql("select 1 from run where id = :run")
                .param("run", run)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** It did not happen and will not; once taken back it does not count a second time. */
    void takeBack(Intent intent) {
        column(intent.kind()).ifPresent(column -> database.client()
                .sql(
                        "update run set " + column + " = " + column
                                + " - 1 where id = (select run_id from action where id = :id and state not in ('withdrawn', 'refused'))")
                .param("id", intent.id())
                .update());
    }

    private static Optional<String> column(Kind kind) {
        return switch (kind) {
            case OPENED -> Optional.of("opened");
            case RESOLVED -> Optional.of("resolved");
            default -> Optional.empty();
        };
    }
}
