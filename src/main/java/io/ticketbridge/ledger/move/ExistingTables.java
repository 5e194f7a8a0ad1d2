package io.ticketbridge.ledger.move;

import io.ticketbridge.ledger.database.ExistingLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the tables of a ledger hold that is only read. */
final class ExistingTables {
    private final Connection connection;

    ExistingTables(ExistingLedger ledger) {
        this.connection = ledger.connection();
    }

    /** Those of the ledger's tables that its version has. */
    List<String> names() throws SQLException {
        try {
            List<String> there = new Catalogue(connection).tables();
            return LedgerTables.COPIED.stream().filter(there::contains).toList();
        } catch (SQLException e) {
            throw new NotRead(e);
        }
    }

    /** Tables that hold something, with how much it is. */
    List<String> filled() throws SQLException {
        List<String> filled = new ArrayList<>();
        for (String table : names()) {
            long rows = count(table);
            if (rows > 0) {
                filled.add(table + " " + rows);
            }
        }
        return filled;
    }

    long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new NotRead(e);
        }
    }

    /** Reads one row of it, if there is any. */
    void requireReadable(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select 1 from " + table + " limit 1")) {
            rows.next();
        } catch (SQLException e) {
            throw new NotRead(e);
        }
    }
}
