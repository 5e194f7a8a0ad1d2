package io.ticketbridge.ledger.move;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a database says of its tables. Names are in small letters, whichever database it is. */
final class Catalogue {
    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    List<String> tables() throws SQLException {
        return names(
                connection
                        .getMetaData()
                        .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"}),
                "TABLE_NAME");
    }

    List<String> columns(String table) throws SQLException {
        return names(columnRows(table), "COLUMN_NAME");
    }

    /** The column that the database numbers by itself. */
    Optional<String> numbered(String table) throws SQLException {
        try (ResultSet columns = columnRows(table)) {
            while (columns.next()) {
                if ("YES".equals(columns.getString("IS_AUTOINCREMENT"))) {
                    return Optional.of(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }

    private ResultSet columnRows(String table) throws SQLException {
        boolean upper = connection.getMetaData().storesUpperCaseIdentifiers();
        return connection
                .getMetaData()
                .getColumns(null, connection.getSchema(), upper ? table.toUpperCase(Locale.ROOT) : table, "%");
    }

    private static List<String> names(ResultSet rows, String column) throws SQLException {
        try (rows) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(column).toLowerCase(Locale.ROOT));
            }
            return names;
        }
    }
}
