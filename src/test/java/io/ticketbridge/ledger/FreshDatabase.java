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
            return Server.create("");
        }
    };

    /** Of a database that holds nothing yet, not even the schema. */
    abstract DatabaseSettings settings();

    /** Migrated and empty. */
    public LedgerDatabase open() {
        return LedgerDatabase.open(this == POSTGRESQL ? Server.migrated() : settings());
    }

    private static DatabaseSettings at(String url, String user) {
        return Settings.load(Sources.only(Map.of(
                        "ticketbridge.database.url", url,
                        "ticketbridge.database.user", user,
                        "ticketbridge.database.pool-size", "8")))
                .database();
    }

    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        /** Copying a migrated database is faster than migrating each. */
        private static final String TEMPLATE = template();

        private static String template() {
            DatabaseSettings settings = create("");
            LedgerDatabase.open(settings).close();
            return settings.url().replaceAll(".*/([a-z0-9_]+).*", "$1");
        }

        static DatabaseSettings migrated() {
            return create(" template " + TEMPLATE);
        }

        static DatabaseSettings create(String how) {
            String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name + how);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return at(RUNNING.getJdbcUrl("postgres", name), "postgres");
        }

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
