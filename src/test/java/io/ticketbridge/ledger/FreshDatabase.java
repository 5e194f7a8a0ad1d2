package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** The two databases that the ledger runs on. Each call brings a new, empty one; PostgreSQL itself starts once per JVM. */
public enum FreshDatabase {
    H2 {
        @Override
        DatabaseSettings settings() {
            return at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "");
        }
    },
    POSTGRESQL {
        @Override
        DatabaseSettings settings() {
            String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return at(Server.RUNNING.getJdbcUrl("postgres", name), "postgres");
        }
    };

    /** Of a database that holds nothing yet, not even the schema. */
    abstract DatabaseSettings settings();

    public LedgerDatabase open() {
        return LedgerDatabase.open(settings());
    }

    private static DatabaseSettings at(String url, String user) {
        return Settings.load(Sources.only(Map.of(
                        "ticketbridge.database.url", url,
                        "ticketbridge.database.user", user,
                        "ticketbridge.database.pool-size", "8")))
                .database();
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
