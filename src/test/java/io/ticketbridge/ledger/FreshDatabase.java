package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The two databases that the ledger runs on. Each call brings an empty one; PostgreSQL itself starts once per JVM. */
public enum FreshDatabase {
    H2 {
        @Override
        public DatabaseSettings settings() {
            // Settings take no ledger that is forgotten; tests do.
            return new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", Secret.NONE, 8);
        }

        @Override
        public LedgerDatabase open() {
            DatabaseSettings settings = settings();
            MadeSchema.copyTo(settings.url());
            return LedgerDatabase.open(settings);
        }
    },
    POSTGRESQL {
        @Override
        public DatabaseSettings settings() {
            return Server.create();
        }

        @Override
        public LedgerDatabase open() {
            DatabaseSettings spent = SPENT.poll();
            DatabaseSettings settings = spent == null ? settings() : spent;
            LedgerDatabase database = LedgerDatabase.open(settings);
            if (spent != null) {
                empty(database);
            }
            OPEN.put(database, settings);
            return database;
        }
    };

    private static final Map<LedgerDatabase, DatabaseSettings> OPEN = new ConcurrentHashMap<>();
    private static final Queue<DatabaseSettings> SPENT = new ConcurrentLinkedQueue<>();

    /** Of a database that holds nothing yet, not even the schema. */
    public abstract DatabaseSettings settings();

    /** Migrated and empty. */
    public abstract LedgerDatabase open();

    /** Closes a database and gives it back: PostgreSQL empties one faster than it makes one. */
    public static void close(LedgerDatabase database) {
        DatabaseSettings settings = OPEN.remove(database);
        database.close();
        if (settings != null) {
            SPENT.add(settings);
        }
    }

    private static void empty(LedgerDatabase database) {
        String tables = String.join(
                ", ",
                database.jdbc()
                        .queryForList(
                                """
                                select tablename from pg_tables
                                where schemaname = 'public' and tablename <> 'flyway_schema_history'""",
                                String.class));
        database.jdbc().execute("truncate " + tables + " restart identity");
    }

    private static DatabaseSettings at(String url, String user) {
        return Settings.load(Sources.only(Map.of(
                        "ticketbridge.database.url", url,
                        "ticketbridge.database.user", user,
                        "ticketbridge.database.pool-size", "8")))
                .database();
    }

    /** To run all migrations takes ten times as long as to make what they come to. */
    private static final class MadeSchema {
        private static final Path SCRIPT = make();

        private static Path make() {
            try (LedgerDatabase made = LedgerDatabase.open(H2.settings())) {
                Path script = Files.createTempFile("schema", ".sql");
                script.toFile().deleteOnExit();
                made.jdbc().execute("script nopasswords nosettings to '" + script + "'");
                return script;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void copyTo(String url) {
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute("runscript from '" + SCRIPT + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        static DatabaseSettings create() {
            String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
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
