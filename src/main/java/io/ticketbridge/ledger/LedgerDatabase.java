package io.ticketbridge.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ticketbridge.config.DatabaseSettings;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database behind the ledger. Opening it brings the schema up to date. H2 files are shared: the process that opens one
 * first serves the others over loopback, so that every command works while {@code run} is running.
 */
public final class LedgerDatabase implements AutoCloseable {
    private final HikariDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transaction;
    private final Outage outage = new Outage();

    private LedgerDatabase(HikariDataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.client = JdbcClient.create(jdbc);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** @throws LedgerUnavailable if it can't be opened or migrated, naming the property to look at */
    public static LedgerDatabase open(DatabaseSettings settings) {
        return open(settings, null);
    }

    /** Makes a schema of an older version, for a copy of a ledger that has it. */
    static void migrate(DatabaseSettings settings, String version) {
        open(settings, version).close();
    }

    private static LedgerDatabase open(DatabaseSettings settings, String version) {
        // H2 reads it when its first class loads; without it the shared file would listen on every interface.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // Looking for each text in a cache of texts costs a seventh of a first scan, and few texts are there twice.
        System.setProperty("h2.objectCache", "false");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(JdbcUrl.effective(settings.url()));
        // In place of user and password in the pool: those it would keep, and a password may be changed.
        config.setDataSource(new Connections(settings));
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setPoolName("ledger");
        config.setInitializationFailTimeout(1);
        HikariDataSource dataSource = null;
        try {
            MovedMark.of(settings.url()).require();
            dataSource = new HikariDataSource(config);
            FileSeal seal = FileSeal.of(settings.url());
            if (version != null || !ShippedSchema.isIn(dataSource)) {
                migrate(dataSource, seal, version);
            }
            seal.put();
            return new LedgerDatabase(dataSource);
        } catch (RuntimeException e) {
            if (dataSource != null) {
                dataSource.close();
            }
            throw LedgerUnavailable.because(settings, e);
        }
    }

    /** An index of PostgreSQL finds what begins with a text only if it is told to; H2's do anyway. */
    private static Map<String, String> placeholders(String url) {
        return Map.of("by_beginning", isH2(url) ? "" : "varchar_pattern_ops");
    }

    private static boolean isH2(String url) {
        return url.startsWith("jdbc:h2:");
    }

    private static void migrate(HikariDataSource dataSource, FileSeal seal, String version) {
        var configuration = Flyway.configure(LedgerDatabase.class.getClassLoader())
                .dataSource(dataSource)
                .locations(ShippedSchema.MIGRATIONS)
                .placeholders(placeholders(dataSource.getJdbcUrl()))
                .failOnMissingLocations(true);
        Flyway flyway = (version == null ? configuration : configuration.target(version)).load();
        seal.require(() -> flyway.info().applied().length > 0);
        flyway.migrate();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    boolean isH2() {
        return isH2(dataSource.getJdbcUrl());
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    public JdbcClient client() {
        return client;
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    public Outage outage() {
        return outage;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
