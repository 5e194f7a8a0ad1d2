package io.ticketbridge.ledger.database;

import io.ticketbridge.config.ShippedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Whether a database has the very schema that this version makes: then Flyway, which takes a tenth of a start, has nothing to do.
 * Anything that differs from what Flyway leaves behind is left to Flyway.
 */
public final class ShippedSchema {
    static final String MIGRATIONS = "classpath:db/migration";
    private static final String FOLDER = "db/migration/";

    private ShippedSchema() {}

    /** False as well where it can't be told: whoever opens the ledger then will say why. */
    public static boolean isIn(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select \"script\", \"checksum\", \"success\" from \"" + connection.getSchema()
                                + "\".\"flyway_schema_history\" where \"type\" not in ('TABLE', 'SCHEMA')")) {
            Map<String, Integer> shipped = shipped();
            while (rows.next()) {
                Integer checksum = shipped.remove(rows.getString(1));
                if (checksum == null || checksum != rows.getInt(2) || !rows.getBoolean(3)) {
                    return false;
                }
            }
            return shipped.isEmpty();
        } catch (SQLException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest that this ticketbridge knows. */
    static MigrationVersion version() {
        try {
            return shipped().keySet().stream()
                    .map(script -> MigrationVersion.fromVersion(script.substring(1, script.indexOf("__"))))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The checksum that Flyway gives to each script, by its name. */
    private static Map<String, Integer> shipped() throws IOException {
        Map<String, Integer> checksums = new TreeMap<>();
        for (String script : ShippedFiles.names(FOLDER + "V", ".sql")) {
            CRC32 sum = new CRC32();
            ShippedFiles.text(script).lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
            checksums.put(script.substring(FOLDER.length()), (int) sum.getValue());
        }
        return checksums;
    }
}
