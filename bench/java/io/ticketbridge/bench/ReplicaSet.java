package io.ticketbridge.bench;

import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Some replicas of {@code run} on one ledger: one flow opens a ticket for each resource, three others read findings of controls, all
 * of them from watched folders. What they did and when is read from the ledger.
 */
final class ReplicaSet implements AutoCloseable {
    private static final int FLOWS = 3;
    private static final int CONTROLS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** The hand-over at both ends of a round is left out of what is measured. */
    private static final double EDGE = 0.1;

    private final Connection ledger;
    private final Path folder;
    private final int size;
    private final List<Replica> replicas = new ArrayList<>();
    private ProcessorTime own;
    private ProcessorTime database;
    private int rounds;
    private int files;
    private boolean isPublished;

    private ReplicaSet(Connection ledger, Path folder, int size) {
        this.ledger = ledger;
        this.folder = folder;
        this.size = size;
    }

    static ReplicaSet start(
            Database database, ServiceNowSimulator instance, int size, Optional<String> brokers, Path parent)
            throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory(parent, "replicas-" + size + "-");
        ReplicaSet set = new ReplicaSet(
                DriverManager.getConnection(database.url(), database.user(), database.password()), folder, size);
        set.isPublished = brokers.isPresent();
        set.configure(database, instance, brokers);
        for (int replica = 1; replica <= size; replica++) {
            set.replicas.add(Replica.start(folder, parent.resolve("replica-" + size + "-" + replica + ".log")));
            // The first makes the schema.
            if (replica == 1) {
                set.await("select count(*) from information_schema.tables where table_name = 'run'", 1);
            }
        }
        set.own = new ProcessorTime(set.replicas.stream().map(Replica::handle).toList());
        set.database = new ProcessorTime(List.of(set.postmaster()));
        return set;
    }

    private void configure(Database database, ServiceNowSimulator instance, Optional<String> brokers)
            throws IOException {
        StringJoiner lines = new StringJoiner("\n", "", "\n")
                .add("ticketbridge.database.url=" + database.url())
                .add("ticketbridge.database.user=" + database.user())
                .add("ticketbridge.database.password=" + database.password())
                .add("ticketbridge.servicenow.url=" + instance.url())
                .add("ticketbridge.servicenow.client-id="
                        + instance.credentials().clientId())
                .add("ticketbridge.servicenow.client-secret="
                        + instance.credentials().clientSecret())
                .add("ticketbridge.servicenow.deliveries=8")
                .add("ticketbridge.http.enabled=false")
                .add("ticketbridge.http.management-port=0")
                .add("ticketbridge.profile.tickets.table=incident");
        brokers.ifPresent(address -> lines.add("ticketbridge.kafka.brokers=" + address)
                .add("ticketbridge.kafka.topic=findings-" + folder.getFileName())
                .add("ticketbridge.kafka.group=workers-" + folder.getFileName()));
        flow(lines, "resources", "resource");
        for (int flow = 1; flow <= FLOWS; flow++) {
            flow(lines, "controls-" + flow, "control");
        }
        Files.writeString(folder.resolve("application.properties"), lines.toString());
    }

    /** All at the same second: else they would come one after the other by themselves. */
    private void flow(StringJoiner lines, String name, String groupBy) throws IOException {
        String flow = "ticketbridge.flow." + name + ".";
        lines.add(flow + "source=files")
                .add(flow + "folder=" + Files.createDirectories(folder.resolve(name)))
                .add(flow + "poll=0/10 * * * * ?")
                .add(flow + "group-by=" + groupBy)
                .add(flow + "profile=tickets")
                .add(flow + "max-new-tickets-per-run=1000000");
    }

    private ProcessHandle postmaster() throws SQLException {
        return ProcessHandle.of(number("select pg_backend_pid()"))
                .orElseThrow()
                .parent()
                .orElseThrow();
    }

    /** So many new resources fail, and each gets its ticket. */
    ScalingRow tickets(int count) throws IOException, SQLException, InterruptedException {
        String round = "round-" + ++rounds;
        Scan scan = Scan.of();
        for (int resource = 0; resource < count; resource++) {
            scan.fails(round, round + "-" + resource);
        }
        put(scan, "resources");
        long before = number("select count(*) from ticket where flow = 'resources' and recorded_at is not null");
        await("select count(*) from ticket where flow = 'resources' and recorded_at is not null", before + count);
        int edge = (int) (count * EDGE);
        Instant from = recorded(before + edge);
        Instant to = recorded(before + count - edge);
        return row("tickets, answered after 50 ms", count - 2 * edge, from, to);
    }

    private Instant recorded(long number) throws SQLException {
        return moment("select recorded_at from ticket where flow = 'resources' order by recorded_at limit 1 offset "
                + (number - 1));
    }

    /** All flows read a scan: of the same name again, it is a rescan. */
    ScalingRow findings(int count, String name) throws IOException, SQLException, InterruptedException {
        boolean isRescan = Files.exists(folder.resolve(name));
        Files.createDirectories(folder.resolve(name));
        long last = number("select coalesce(max(id), 0) from run");
        for (int flow = 1; flow <= FLOWS; flow++) {
            Scan scan = Scan.of();
            for (int each = 0; each < count / FLOWS; each++) {
                scan.fails(name + "-" + each % CONTROLS, name + "-" + each / CONTROLS);
            }
            put(scan, "controls-" + flow);
        }
        String ended = "from run where flow like 'controls-%' and state in ('delivering', 'done') and id > " + last;
        await("select count(*) " + ended, FLOWS);
        awaitNothingOwed();
        Instant from = moment("select min(started_at) " + ended);
        Instant to = moment("select max(read_at) " + ended);
        String way = isPublished ? ", through Kafka" : "";
        return row("findings" + way + ", " + (isRescan ? "rescan" : "first scan"), count / FLOWS * FLOWS, from, to);
    }

    /** One control with so many failing resources gets its ticket, or an update: measured from the end of reading until nothing is owed. */
    ScalingRow control(int resources, String what) throws IOException, SQLException, InterruptedException {
        long last = number("select coalesce(max(id), 0) from run");
        Scan scan = Scan.of();
        for (int resource = 0; resource < resources; resource++) {
            scan.fails("everywhere", "arn:aws:s3:::a-bucket-with-a-usual-name-" + resource);
        }
        put(scan, "controls-1");
        String run = "from run where flow = 'controls-1' and id > " + last;
        await("select count(*) " + run + " and state in ('delivering', 'done')", 1);
        awaitNothingOwed();
        Instant settled = Instant.now();
        return row(what, 1, moment("select read_at " + run), settled);
    }

    private ScalingRow row(String what, long done, Instant from, Instant to) {
        return new ScalingRow(
                what,
                size,
                done,
                Duration.between(from, to).toNanos() / 1e9,
                own.between(from, to),
                database.between(from, to));
    }

    /** Whole at once, as far as whoever watches the folder can see. */
    private void put(Scan scan, String flow) throws IOException {
        Path file = scan.write(folder.resolve("writing"));
        // No content is read twice, and a rescan says the same: white space tells them apart.
        Files.writeString(file, "\n".repeat(++files), StandardOpenOption.APPEND);
        Files.move(file, folder.resolve(flow).resolve(file.getFileName()));
    }

    private void awaitNothingOwed() throws SQLException, InterruptedException {
        await("select 1 - count(*) from (select 1 from finding_group where pending limit 1) p", 1);
    }

    private void await(String sql, long value) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (number(sql) < value) {
            if (System.nanoTime() > end
                    || replicas.stream().anyMatch(replica -> !replica.handle().isAlive())) {
                throw new IllegalStateException("Nothing goes on, see replica-*.log: " + sql);
            }
            Thread.sleep(50);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Instant moment(String sql) throws SQLException {
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Override
    public void close() throws SQLException {
        if (own != null) {
            own.close();
            database.close();
        }
        replicas.forEach(Replica::close);
        ledger.close();
    }
}
