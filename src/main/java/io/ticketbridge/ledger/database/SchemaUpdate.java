package io.ticketbridge.ledger.database;

import io.ticketbridge.config.DatabaseSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a ledger's schema up to date. On PostgreSQL others go on meanwhile: a change that can't have its table soon gives way, since
 * everybody else would wait behind it, and is tried again.
 */
final class SchemaUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaUpdate.class);

    /**
     * @param lock how long others wait behind a change that waits itself
     * @param rest between two tries
     * @param longest less than Kubernetes lets a start take
     */
    record Patience(Duration lock, Duration rest, Duration longest) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(7), Duration.ofMinutes(5));
    }

    private final DatabaseSettings settings;
    private final DataSource dataSource;
    private final String url;
    private final Patience patience;

    /** @param url of the data source */
    SchemaUpdate(DatabaseSettings settings, DataSource dataSource, String url, Patience patience) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.url = url;
        this.patience = patience;
    }

    /**
     * @param version to stop at; null for the newest
     * @throws IllegalStateException if somebody holds a table of it for too long
     */
    void run(FileSeal seal, String version) {
        FluentConfiguration configuration = flyway().locations(ShippedSchema.MIGRATIONS)
                .placeholders(placeholders())
                .failOnMissingLocations(true);
        Flyway flyway = (version == null ? configuration : configuration.target(version)).load();
        // Looked at once: several replicas may be at it, and what is pending now may be done the moment after.
        MigrationInfoService found = flyway.info();
        boolean holdsLedger = found.applied().length > 0;
        MigrationInfo[] changes = found.pending();
        seal.require(() -> holdsLedger);
        CopyBeside copy = CopyBeside.of(settings.url());
        boolean isOlder = holdsLedger && changes.length > 0;
        if (isOlder) {
            LOG.info(
                    "The ledger is brought up to date. Do not stop ticketbridge meanwhile. from={} to={} ledger={}",
                    found.current().getVersion(),
                    changes[changes.length - 1].getVersion(),
                    settings.address());
            copy.make(dataSource);
        }
        migrate(flyway);
        copy.remove();
        if (isOlder) {
            LOG.info("The ledger is up to date.");
        }
    }

    private void migrate(Flyway flyway) {
        long end = System.nanoTime() + patience.longest().toNanos();
        String said = "";
        while (true) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!Blockers.isCauseOf(e)) {
                    throw e;
                }
                String others = Blockers.of(dataSource);
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("its schema can't be brought up to date, held up by " + others);
                }
                if (!others.equals(said)) {
                    said = others;
                    LOG.warn(
                            "The ledger can't be brought up to date yet; it is tried again, and others go on meanwhile. held-up-by=\"{}\"",
                            others);
                }
                LockSupport.parkNanos(patience.rest().toNanos());
            }
        }
    }

    /** An index of PostgreSQL finds what begins with a text only if it is told to; H2's do anyway. And only PostgreSQL's can hold a part. */
    private Map<String, String> placeholders() {
        return ExistingLedger.isH2(url)
                ? Map.of("by_beginning", "", "only_open", "", "only_loose", "")
                : Map.of(
                        "by_beginning",
                        "varchar_pattern_ops",
                        "only_open",
                        "where state in ('intended', 'written')",
                        "only_loose",
                        "where loose_end is not null");
    }

    /**
     * On PostgreSQL with connections of its own: a migration may take longer than a request ever may, and Flyway keeps a
     * transaction open meanwhile.
     */
    private FluentConfiguration flyway() {
        FluentConfiguration configuration = Flyway.configure(SchemaUpdate.class.getClassLoader());
        return ExistingLedger.isH2(url)
                ? configuration.dataSource(dataSource)
                : configuration
                        .dataSource(
                                JdbcUrl.patient(url),
                                settings.user(),
                                settings.password().reveal())
                        .initSql("set lock_timeout = " + patience.lock().toMillis());
    }
}
