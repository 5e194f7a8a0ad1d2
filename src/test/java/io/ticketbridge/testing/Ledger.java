package io.ticketbridge.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The databases that a ledger may be in. Each call makes a fresh one. */
public enum Ledger {
    H2 {
        @Override
        Map<String, String> settings(Path folder) {
            return Map.of("ticketbridge.database.url", "jdbc:h2:file:" + folder.resolve("ledger"));
        }

        @Override
        Map<String, String> copy(Map<String, String> settings, Path folder) {
            String url = settings.get("ticketbridge.database.url");
            try {
                Files.copy(
                        Path.of(url.substring("jdbc:h2:file:".length()) + ".mv.db"),
                        Files.createDirectories(folder).resolve("ledger.mv.db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return settings(folder);
        }
    },
    POSTGRESQL {
        @Override
        Map<String, String> settings(Path folder) {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = Server.ONE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException("The test database can't be made", e);
            }
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put(
                    "ticketbridge.database.url", "jdbc:postgresql://localhost:" + Server.ONE.getPort() + "/" + name);
            settings.put("ticketbridge.database.user", "postgres");
            settings.put("ticketbridge.database.password", "postgres");
            settings.put("ticketbridge.database.pool-size", "5");
            return settings;
        }

        @Override
        Map<String, String> copy(Map<String, String> settings, Path folder) {
            Map<String, String> copy = settings(folder);
            try (Connection connection = Server.ONE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop database " + name(copy));
                statement.execute("create database " + name(copy) + " template " + name(settings));
            } catch (SQLException e) {
                throw new IllegalStateException("The test database can't be copied", e);
            }
            return copy;
        }

        private static String name(Map<String, String> settings) {
            String url = settings.get("ticketbridge.database.url");
            return url.substring(url.lastIndexOf('/') + 1);
        }
    };

    abstract Map<String, String> settings(Path folder);

    /** A back-up of the ledger, which nobody uses meanwhile, and the settings of whoever uses it. */
    abstract Map<String, String> copy(Map<String, String> settings, Path folder);

    /** Started when it is first needed; ends with the process. */
    private static final class Server {
        private static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL can't be started", e);
            }
        }
    }
}
