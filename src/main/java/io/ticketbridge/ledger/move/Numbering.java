package io.ticketbridge.ledger.move;

import io.ticketbridge.ledger.database.ExistingLedger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Where a copied ledger goes on to number its rows. */
final class Numbering {
    private Numbering() {}

    /**
     * Behind the highest number of each table of the ledger. To be called before a row is copied: H2 ends a transaction with each
     * change of a table.
     */
    static void after(ExistingLedger from, Connection to) throws SQLException {
        Catalogue catalogue = new Catalogue(to);
        for (String table : new ExistingTables(from).names()) {
            Optional<String> column = catalogue.numbered(table);
            if (column.isPresent()) {
                restart(to, table, column.get(), highest(from.connection(), table, column.get()) + 1);
            }
        }
    }

    private static long highest(Connection from, String table, String column) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet most = statement.executeQuery("select coalesce(max(" + column + "), 0) from " + table)) {
            most.next();
            return most.getLong(1);
        } catch (SQLException e) {
            throw new NotRead(e);
        }
    }

    private static void restart(Connection to, String table, String column, long next) throws SQLException {
        try (Statement alter = to.createStatement()) {
            alter.execute("alter table " + table + " alter column " + column + " restart with " + next);
        }
    }
}
