package io.ticketbridge.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Makes empty databases and throws them away. PostgreSQL runs with the settings that it comes with, which make a commit durable; H2
 * writes each commit to its file, which a killed process survives, and does not ask the disk to flush.
 */
final class Databases implements AutoCloseable {
    private final Path folder;
    private EmbeddedPostgres postgres;
    private int made;

    /** @param folder made if it is not there, and deleted in the end */
    Databases(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Database make(Database.Kind kind) throws IOException, SQLException {
        String name = "bench" + ++made;
        if (kind == Database.Kind.H2) {
            return new Database(
                    kind, "jdbc:h2:file:" + folder.toAbsolutePath().resolve(name) + ";WRITE_DELAY=0", "", "");
        }
        if (postgres == null) {
            // The library switches both off, for tests.
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        }
        query("create database " + name);
        return new Database(kind, "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name, "postgres", "");
    }

    /** What it takes on disk, in bytes, indexes included. */
    long size(Database database) throws IOException, SQLException {
        if (database.kind() == Database.Kind.POSTGRESQL) {
            return Long.parseLong(query("select pg_database_size('" + name(database) + "')"));
        }
        try (Stream<Path> files = filesOf(database)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    void drop(Database database) throws IOException, SQLException {
        if (database.kind() == Database.Kind.POSTGRESQL) {
            query("drop database " + name(database) + " with (force)");
            return;
        }
        try (Stream<Path> files = filesOf(database)) {
            files.forEach(file -> file.toFile().delete());
        }
    }

    private Stream<Path> filesOf(Database database) throws IOException {
        String name = name(database) + ".";
        return Files.list(folder).filter(file -> file.getFileName().toString().startsWith(name));
    }

    private static String name(Database database) {
        return database.url().replaceFirst(";.*", "").replaceFirst(".*/", "");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (postgres != null) {
                postgres.close();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
