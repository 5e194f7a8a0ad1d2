package io.ticketbridge.ledger.move;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Some rows in every table of a ledger, with values of every kind. They make no sense, and must arrive as they are. */
final class FilledTables {
    private static final int ROWS = 3;

    private FilledTables() {}

    static void in(LedgerDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            Catalogue catalogue = new Catalogue(connection);
            for (String table : catalogue.tables()) {
                if (!isLeftOut(table)) {
                    fill(connection, table);
                }
            }
            // A body has its parts.
            try (var statement = connection.createStatement()) {
                statement.execute("update intake_part set number = 0, intake_id = (select id from intake where"
                        + " intake.number = intake_part.number + 40)");
            }
        }
    }

    static boolean isLeftOut(String table) {
        return LedgerTables.LEFT_OUT.keySet().stream().anyMatch(table::startsWith);
    }

    private static void fill(Connection connection, String table) throws SQLException {
        List<String> columns = new Catalogue(connection).columns(table);
        String insert = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        List<String> types = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            for (int i = 1; i <= columns.size(); i++) {
                types.add(none.getMetaData().getColumnTypeName(i).toLowerCase(Locale.ROOT));
                sizes.add(none.getMetaData().getPrecision(i));
            }
        }
        try (PreparedStatement into = connection.prepareStatement(insert)) {
            for (int row = 1; row <= ROWS; row++) {
                for (int i = 0; i < columns.size(); i++) {
                    into.setObject(i + 1, value(columns.get(i), types.get(i), sizes.get(i), row));
                }
                into.executeUpdate();
            }
        }
    }

    private static Object value(String column, String type, int size, int row) {
        if (type.contains("binary") || type.equals("bytea")) {
            return new byte[] {0, (byte) row, -1};
        }
        if (type.contains("char") || type.equals("text")) {
            String text = column.substring(0, Math.min(column.length(), 8)) + row + " \u00fc\ud83d\ude00'\\";
            return row == ROWS && size > 200 ? text.repeat(6) : text;
        }
        if (type.startsWith("timestamp")) {
            return OffsetDateTime.ofInstant(
                    Instant.parse("2026-01-01T00:00:00.123456Z").plusSeconds(row), ZoneOffset.ofHours(row));
        }
        if (type.equals("uuid")) {
            return new UUID(0, row);
        }
        if (type.startsWith("bool")) {
            return row % 2 == 0;
        }
        return row + (column.equals("number") && type.startsWith("big") ? 40 : 0);
    }
}
