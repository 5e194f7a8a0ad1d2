package io.ticketbridge.ledger.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ticketbridge.config.DatabaseSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database behind the ledger. Opening it brings the schema up to date. H2 files are shared: the process that opens one
 * first serves the others over loopback, so that every command works while {@code run} is running.
 */
public final class LedgerDatabase implements AutoCloseable {
    /**
     * Who stands still in the middle of a transaction holds its locks, and with them every other replica. PostgreSQL ends such a one;
     * what it did is undone, and what it does next fails.
     */
    private static final String NO_IDLE_TRANSACTIONS = "set idle_in_transaction_session_timeout = '5s'";

    private static final long SOON_MILLIS = 5000;

    private final HikariDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transaction;
    private final DatabaseSettings settings;
    private final Outage outage = new Outage();
    private final DatabaseTime time = new DatabaseTime();
    private final List<HikariDataSource> further = new ArrayList<>();

    private LedgerDatabase(HikariDataSource dataSource, DatabaseSettings settings) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.jdbc = new JdbcTemplate(dataSource);
        this.client = JdbcClient.create(jdbc);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** @throws LedgerUnavailable if it can't be opened or migrated, naming the property to look at */
    public static LedgerDatabase open(DatabaseSettings settings) {
        return open(settings, null);
    }

    /**
     * For whoever looks at what a run has left: it is neither made nor migrated, under the run of an older version say.
     *
     * @throws LedgerUnavailable if there is none, or only one of an older version
     */
    public static LedgerDatabase existing(DatabaseSettings settings) {
        try (ExistingLedger there = ExistingLedger.current(settings)) {
            return open(settings);
        } catch (SQLException | IllegalStateException e) {
            throw LedgerUnavailable.because(settings, e);
        }
    }

    /** Makes a schema of an older version, for a copy of a ledger that has it. */
    public static void migrate(DatabaseSettings settings, String version) {
        open(settings, version).close();
    }

    private static LedgerDatabase open(DatabaseSettings settings, String version) {
        // H2 reads it when its first class loads; without it the shared file would listen on every interface.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // Looking for each text in a cache of texts costs a seventh of a first scan, and few texts are there twice.
        System.setProperty("h2.objectCache", "false");
        HikariDataSource dataSource = null;
        try {
            MovedMark.of(settings.url()).require();
            H2File.of(settings.url()).ifPresent(LedgerFolder::make);
            dataSource = new HikariDataSource(
                    pool(settings, JdbcUrl.effective(settings.url()), "ledger", settings.poolSize()));
            FileSeal seal = FileSeal.of(settings.url());
            if (version != null || !ShippedSchema.isIn(dataSource)) {
                new SchemaUpdate(settings, dataSource, dataSource.getJdbcUrl(), SchemaUpdate.Patience.USUAL)
                        .run(seal, version);
            }
            seal.put();
            LedgerDatabase opened = new LedgerDatabase(dataSource, settings);
            if (opened.isShared()) {
                opened.measureTime();
            }
            return opened;
        } catch (RuntimeException e) {
            if (dataSource != null) {
                dataSource.close();
            }
            throw LedgerUnavailable.because(settings, e);
        }
    }

    private static HikariConfig pool(DatabaseSettings settings, String url, String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        // In place of user and password in the pool: those it would keep, and a password may be changed.
        config.setDataSource(new Connections(settings, url));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setPoolName(name);
        config.setInitializationFailTimeout(1);
        if (!isH2(settings.url())) {
            config.setConnectionInitSql(NO_IDLE_TRANSACTIONS);
            config.setExceptionOverride(new ReadOnlyConnections());
        }
        return config;
    }

    /** Connections beside the pool's, for what must never wait for those; closed with it. */
    public DataSource furtherPool(String name, int connections) {
        HikariConfig config = pool(settings, JdbcUrl.hasty(JdbcUrl.effective(settings.url())), name, connections);
        config.setConnectionTimeout(SOON_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        further.add(pool);
        return pool;
    }

    private void measureTime() {
        jdbc.execute((ConnectionCallback<Long>) time::millisAhead);
    }

    private static boolean isH2(String url) {
        return url.startsWith("jdbc:h2:");
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Whether several processes may run the schedule on it: on H2 one does. */
    public boolean isShared() {
        return !isH2();
    }

    /** The database's clock, as far as it differs from this machine's. */
    public DatabaseTime time() {
        return time;
    }

    public boolean isH2() {
        return isH2(dataSource.getJdbcUrl());
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public JdbcClient client() {
        return client;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    /** Throws what the database says, unless it takes writes. */
    public void requireWritable() {
        jdbc.update("delete from run where 1 = 0");
    }

    public Outage outage() {
        return outage;
    }

    public boolean isClosed() {
        return dataSource.isClosed();
    }

    @Override
    public void close() {
        further.forEach(HikariDataSource::close);
        dataSource.close();
    }
}
