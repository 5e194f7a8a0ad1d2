package io.ticketbridge.bench;

import io.ticketbridge.bench.Measures.Size;
import io.ticketbridge.bench.Measures.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the contenders take turns. In each round each gets an empty database and goes through all phases; who begins changes
 * from round to round. Each lives in one process through all rounds.
 */
final class Rounds implements AutoCloseable {
    private final Plan plan;
    private final Databases databases;
    private final SourceServer server;
    private final Measures measures;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Map<Contenders, Map<Phase, Expected>> expected = new EnumMap<>(Contenders.class);
    private int report;

    private Rounds(Plan plan, Databases databases, SourceServer server, Path logs) throws IOException {
        this.plan = plan;
        this.databases = databases;
        this.server = server;
        this.measures = new Measures(plan);
        for (Contenders contender : plan.contenders()) {
            workers.add(WorkerProcess.start(contender, logs));
            Map<Phase, Expected> phases = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                phases.put(phase, Expected.of(plan.shapeFor(contender), phase));
            }
            expected.put(contender, phases);
        }
    }

    /** @param logs the folder for what the workers say */
    static Measures of(Plan plan, Databases databases, SourceServer server, Path logs)
            throws IOException, SQLException {
        try (Rounds rounds = new Rounds(plan, databases, server, logs)) {
            for (int round = -plan.warmUps(); round < plan.rounds(); round++) {
                rounds.round(round);
            }
            return rounds.measures;
        }
    }

    private void round(int round) throws IOException, SQLException {
        for (int turn = 0; turn < workers.size(); turn++) {
            WorkerProcess worker = workers.get(Math.floorMod(turn + round, workers.size()));
            Shape shape = plan.shapeFor(worker.contender());
            Database database = databases.make(plan.kind());
            long empty = databases.size(database);
            worker.open(database, server.source(shape));
            pass(worker, shape, round, Phase.FIRST);
            for (int rescan = 0; rescan < plan.rescans(); rescan++) {
                pass(worker, shape, round, Phase.RESCAN);
            }
            pass(worker, shape, round, Phase.CHANGED);
            Answer closed = worker.closeContender();
            measures.add(
                    worker.contender(),
                    new Size(
                            closed.peakBytes(),
                            closed.heapBytes(),
                            (double) (databases.size(database) - empty) / shape.findings()));
            databases.drop(database);
        }
    }

    private void pass(WorkerProcess worker, Shape shape, int round, Phase phase) throws IOException {
        server.publish(shape, new Report(++report, phase == Phase.CHANGED));
        Answer answer = worker.pass(server.source(shape));
        expected.get(worker.contender()).get(phase).require(worker.contender(), phase, answer);
        Timing timing =
                new Timing(round, worker.contender(), phase, shape.findings(), answer.seconds(), answer.settling());
        System.err.printf(
                "%s %,d round %d: %s, %s: %,.0f findings/s, then %.3f s%n",
                plan.kind().title(),
                shape.findings(),
                round + 1,
                worker.contender().title(),
                phase.title(),
                timing.perSecond(),
                timing.settling());
        if (round >= 0) {
            measures.add(timing);
        }
    }

    @Override
    public void close() throws IOException {
        for (WorkerProcess worker : workers) {
            worker.close();
        }
    }
}
