package io.ticketbridge.testing;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
            return Map.of("ticketbridge.database.url", FILE + folder.resolve("ledger"));
        }

        @Override
        Map<String, String> copy(Map<String, String> settings, Path folder) {
            String url = settings.get("ticketbridge.database.url");
            try {
                Files.copy(
                        Path.of(url.substring(FILE.length()) + ".mv.db"),
                        Files.createDirectories(folder).resolve("ledger.mv.db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return settings(folder);
        }

        @Override
        void makeWhereNoneIs(Map<String, String> settings) {
            Path ledger = Path.of(settings.get("ticketbridge.database.url").substring(FILE.length()));
            try (var beside = Files.list(Files.createDirectories(ledger.getParent()))) {
                // What a test has put there, or taken away, is its own.
                if (beside.noneMatch(file -> file.getFileName().toString().startsWith(ledger.getFileName() + "."))) {
                    Files.copy(MadeFile.ONE, Path.of(ledger + ".mv.db"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        Map<String, String> settings(Path folder) {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            Server.execute("create database " + name);
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
            replace(copy, databaseName(settings));
            return copy;
        }

        @Override
        void makeWhereNoneIs(Map<String, String> settings) {
            if (isEmpty(settings)) {
                replace(settings, MadeDatabase.ONE);
            }
        }

        private static void replace(Map<String, String> settings, String template) {
            Server.execute("drop database " + databaseName(settings));
            Server.execute("create database " + databaseName(settings) + " template " + template);
        }

        private static boolean isEmpty(Map<String, String> settings) {
            try (Connection connection = Server.ONE
                            .getDatabase("postgres", databaseName(settings))
                            .getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet tables = statement.executeQuery("select 1 from pg_tables where schemaname = 'public'")) {
                return !tables.next();
            } catch (SQLException e) {
                throw new IllegalStateException("The test database can't be looked at", e);
            }
        }
    };

    private static final String FILE = "jdbc:h2:file:";

    private static String databaseName(Map<String, String> settings) {
        String url = settings.get("ticketbridge.database.url");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /**
     * Makes a ledger as a first start does, unless there is something already. Making the schema is a fifth of what a test takes; that a
     * first start does so is tested by those that start ticketbridge as a user does.
     */
    static void prepare(Map<String, String> settings) {
        String url = settings.get("ticketbridge.database.url");
        if (url.matches(FILE + "[^;]+")) {
            H2.makeWhereNoneIs(settings);
        } else if (url.matches("jdbc:postgresql://localhost:\\d+/t\\w{32}")) {
            POSTGRESQL.makeWhereNoneIs(settings);
        }
    }

    abstract void makeWhereNoneIs(Map<String, String> settings);

    /** Made once, and only copied from then on. */
    private static final class MadeFile {
        private static final Path ONE = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("made");
                open(H2.settings(folder));
                Files.delete(folder.resolve("ledger.sealed"));
                Path file = folder.resolve("ledger.mv.db");
                folder.toFile().deleteOnExit();
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class MadeDatabase {
        private static final String ONE = make();

        private static String make() {
            Map<String, String> settings = POSTGRESQL.settings(null);
            open(settings);
            return databaseName(settings);
        }
    }

    private static void open(Map<String, String> settings) {
        LedgerDatabase.open(Settings.load(Sources.only(settings)).database()).close();
    }

    abstract Map<String, String> settings(Path folder);

    /** A back-up of the ledger, which nobody uses meanwhile, and the settings of whoever uses it. */
    abstract Map<String, String> copy(Map<String, String> settings, Path folder);

    /** Started when it is first needed; ends with the process. */
    private static final class Server {
        private static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL can't be started", e);
            }
        }

        private static void execute(String sql) {
            try (Connection connection = ONE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("The test's PostgreSQL refuses " + sql, e);
            }
        }
    }
}
