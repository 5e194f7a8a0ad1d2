package io.ticketbridge.ledger.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Writes many rows, some hundred to a transaction, so that none grows with the ledger. */
public final class Batches {
    private static final int SIZE = 500;

    private static final int KEYS = 1000;

    /** H2 compares each row that it finds with every key of an {@code = any(?)} once more: more keys cost the square. */
    private static final int KEYS_OF_H2 = 100;

    private Batches() {}

    /** The keys, so many at a time as one {@code = any(?)} takes; in their order. */
    public static <T> List<List<T>> ofKeys(LedgerDatabase database, List<T> keys) {
        int most = database.isH2() ? KEYS_OF_H2 : KEYS;
        List<List<T>> some = new ArrayList<>();
        for (int start = 0; start < keys.size(); start += most) {
            some.add(keys.subList(start, Math.min(start + most, keys.size())));
        }
        return some;
    }

    /**
     * As one batch. The values go to the driver as they are: it costs to have Spring look at the kind of each.
     *
     * @return how many rows each changed, of an insert perhaps less than zero
     */
    public static int[][] send(JdbcTemplate jdbc, String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return new int[0][];
        }
        return jdbc.batchUpdate(sql, rows, rows.size(), (statement, row) -> {
            for (int i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
        });
    }

    /**
     * Asks for rows by their keys, some at a time.
     *
     * @param sql its first parameter is the {@code any(?)} of the keys, the others follow
     */
    public static void query(
            LedgerDatabase database, String sql, Collection<UUID> keys, RowCallbackHandler row, Object... others) {
        for (List<UUID> some : ofKeys(database, List.copyOf(keys))) {
            database.jdbc()
                    .query(
                            sql,
                            statement -> {
                                statement.setArray(1, statement.getConnection().createArrayOf("uuid", some.toArray()));
                                for (int i = 0; i < others.length; i++) {
                                    statement.setObject(i + 2, others[i]);
                                }
                            },
                            row);
        }
    }

    /**
     * @param rows in the order of the ids that they change, as pages are written: two replicas can't lock them crosswise
     * @return how many rows were changed
     */
    public static <T> int write(LedgerDatabase database, String sql, List<T> rows, Function<T, Object[]> parameters) {
        int changed = 0;
        for (int start = 0; start < rows.size(); start += SIZE) {
            List<Object[]> batch = rows.subList(start, Math.min(start + SIZE, rows.size())).stream()
                    .map(parameters)
                    .toList();
            int[] counts =
                    database.transaction().execute(status -> database.jdbc().batchUpdate(sql, batch));
            changed += IntStream.of(counts).sum();
        }
        return changed;
    }
}
