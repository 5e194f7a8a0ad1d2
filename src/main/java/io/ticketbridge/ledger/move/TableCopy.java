package io.ticketbridge.ledger.move;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Copies the rows of tables from one ledger to another, whichever databases they are on. What is in memory at once is bounded. */
final class TableCopy {
    private static final int ROWS = 1000;
    private static final int CHARACTERS = 4_000_000;

    /** Hears how many rows of the table at hand are done, now and then. */
    interface Progress {
        void accept(long rows) throws SQLException;
    }

    private final Connection from;
    private final Connection to;
    private final Progress progress;
    private long mended;

    TableCopy(Connection from, Connection to, Progress progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /** @return what was copied */
    RowSum copy(String table) throws SQLException {
        return copyWithout(Set.of(), table);
    }

    /** The same, but for some columns, which stay empty. */
    RowSum copyWithout(Set<String> empty, String table) throws SQLException {
        List<String> columns = new Catalogue(to)
                .columns(table).stream()
                        .filter(column -> !empty.contains(column))
                        .toList();
        String insert =
                "insert into " + table + " (" + String.join(", ", columns) + ") overriding system value values ("
                        + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        RowSum sum = new RowSum();
        try (PreparedStatement into = to.prepareStatement(insert)) {
            Batch batch = new Batch(into);
            Taker taker = row -> {
                sum.add(row);
                batch.add(row);
                if (sum.rows() % ROWS == 0) {
                    progress.accept(sum.rows());
                }
            };
            source(writer -> read(from, table, columns, writer), taker);
            batch.send();
            mended += batch.mended;
        }
        return sum;
    }

    /** The same of bodies, one part at a time. @param intakes which: a condition on their rows */
    RowSum copyParts(String intakes) throws SQLException {
        List<String> columns = new Catalogue(to).columns(LedgerTables.PARTS);
        RowSum sum = new RowSum();
        String insert = "insert into intake_part (" + String.join(", ", columns) + ") values (?, ?, ?)";
        try (PreparedStatement into = to.prepareStatement(insert)) {
            Taker taker = row -> {
                sum.add(row);
                fill(into, row);
                into.executeUpdate();
            };
            source(writer -> readParts(from, columns, intakes, writer), taker);
        }
        return sum;
    }

    /** How many rows held a text that PostgreSQL can't keep, and were copied without it. */
    long mended() {
        return mended;
    }

    /** What a table holds. */
    static RowSum sum(Connection connection, String table) throws SQLException {
        RowSum sum = new RowSum();
        List<String> columns = new Catalogue(connection).columns(table);
        if (table.equals(LedgerTables.PARTS)) {
            readParts(connection, columns, "1 = 1", sum::add);
        } else {
            read(connection, table, columns, sum::add);
        }
        return sum;
    }

    private interface Taker {
        void take(CopiedRow row) throws SQLException;
    }

    private interface Reading {
        void into(Taker taker) throws SQLException;
    }

    /** Tells what could not be read from what could not be written. */
    private static void source(Reading reading, Taker writer) throws SQLException {
        SQLException[] notWritten = {null};
        try {
            reading.into(row -> {
                try {
                    writer.take(row);
                } catch (SQLException e) {
                    notWritten[0] = e;
                    throw e;
                }
            });
        } catch (SQLException e) {
            throw notWritten[0] == null ? new NotRead(e) : notWritten[0];
        }
    }

    private static void read(Connection from, String table, List<String> columns, Taker taker) throws SQLException {
        try (Statement select = from.createStatement()) {
            select.setFetchSize(ROWS / 2);
            try (ResultSet rows = select.executeQuery("select " + String.join(", ", columns) + " from " + table)) {
                ResultSetMetaData types = rows.getMetaData();
                while (rows.next()) {
                    taker.take(CopiedRow.of(rows, types));
                }
            }
        }
    }

    private static void readParts(Connection from, List<String> columns, String intakes, Taker taker)
            throws SQLException {
        try (Statement select = from.createStatement();
                ResultSet ids = select.executeQuery("select id from intake where " + intakes + " order by number")) {
            while (ids.next()) {
                Object id = ids.getObject(1);
                for (int number = 0; copyPart(from, columns, id, number, taker); number++) {}
            }
        }
    }

    private static boolean copyPart(Connection from, List<String> columns, Object id, int number, Taker taker)
            throws SQLException {
        String sql = "select " + String.join(", ", columns) + " from intake_part where intake_id = ? and number = ?";
        try (PreparedStatement part = from.prepareStatement(sql)) {
            part.setObject(1, id);
            part.setInt(2, number);
            try (ResultSet row = part.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                taker.take(CopiedRow.of(row, row.getMetaData()));
                return true;
            }
        }
    }

    private static void fill(PreparedStatement into, CopiedRow row) throws SQLException {
        Object[] values = row.values();
        for (int i = 0; i < values.length; i++) {
            into.setObject(i + 1, values[i]);
        }
    }

    /** Rows that are sent together. */
    private static final class Batch {
        private final PreparedStatement into;
        private int rows;
        private long characters;
        private long mended;

        Batch(PreparedStatement into) {
            this.into = into;
        }

        void add(CopiedRow row) throws SQLException {
            fill(into, row);
            into.addBatch();
            mended += row.isMended() ? 1 : 0;
            characters += row.length();
            if (++rows == ROWS || characters > CHARACTERS) {
                send();
            }
        }

        void send() throws SQLException {
            if (rows > 0) {
                into.executeBatch();
                rows = 0;
                characters = 0;
            }
        }
    }
}
