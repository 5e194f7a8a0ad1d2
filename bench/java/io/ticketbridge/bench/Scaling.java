package io.ticketbridge.bench;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.testing.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one, two and three replicas do on one PostgreSQL, and who of them uses the processors. All of it is on this machine: where
 * its cores are busy, more replicas can't be faster, and the shape says only what replicas cost each other.
 */
final class Scaling {
    /** @param tickets of one measured round for each replica */
    record Choice(List<Integer> replicas, int tickets, int findings) {
        static final Choice FULL = new Choice(List.of(1, 2, 3), 1_500, 90_000);
    }

    private static final int RESOURCES = 10_000;
    private static final int JOINING = 100;
    private static final Duration ANSWER = Duration.ofMillis(50);

    private Scaling() {}

    static void run(Results results, Path folder, Choice choice)
            throws IOException, SQLException, InterruptedException {
        List<ScalingRow> rows = new ArrayList<>();
        try (Databases databases = new Databases(folder.resolve("scaling"))) {
            for (int replicas : choice.replicas()) {
                rows.addAll(measure(databases, folder, replicas, Optional.empty(), choice));
                rows.addAll(measure(
                        databases,
                        folder,
                        replicas,
                        Optional.of(KafkaBroker.shared().address()),
                        choice));
            }
        }
        rows.sort(Comparator.comparing(ScalingRow::what).thenComparing(ScalingRow::replicas));
        results.add("### Replicas on one PostgreSQL\n\n" + ScalingRow.table(rows), rows);
    }

    private static List<ScalingRow> measure(
            Databases databases, Path folder, int replicas, Optional<String> brokers, Choice choice)
            throws IOException, SQLException, InterruptedException {
        List<ScalingRow> rows = new ArrayList<>();
        try (ServiceNowSimulator instance = ServiceNowSimulator.start();
                ReplicaSet set = ReplicaSet.start(
                        databases.make(Database.Kind.POSTGRESQL),
                        instance,
                        replicas,
                        brokers,
                        folder.toAbsolutePath())) {
            // One that remembers its records: passes ask it for their states.
            instance.faults()
                    .always((method, path) -> method.equals("POST") && path.contains("/table/"), Fault.slow(ANSWER));
            if (brokers.isEmpty()) {
                set.tickets(choice.tickets() * replicas);
                rows.add(set.tickets(choice.tickets() * replicas));
            }
            set.findings(choice.findings() / 3, "warm");
            set.findings(choice.findings() / 3, "warm");
            rows.add(set.findings(choice.findings(), "measured"));
            rows.add(set.findings(choice.findings(), "measured"));
            if (replicas == 1 && brokers.isEmpty()) {
                rows.add(set.control(RESOURCES, "first ticket of a control with 10,000 resources"));
                rows.add(set.control(RESOURCES + JOINING, "its update, 100 joined"));
            }
        }
        rows.forEach(row -> System.err.println(row));
        return rows;
    }
}
