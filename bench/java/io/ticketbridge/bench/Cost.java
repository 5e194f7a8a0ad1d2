package io.ticketbridge.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What something took, in milliseconds.
 *
 * @param clock by the clock
 * @param processor of this process and of those that it started, PostgreSQL among them
 */
record Cost(double clock, double processor) {
    /** Work of which only a part is measured. */
    interface Measured {
        Cost take() throws Exception;
    }

    static Cost of(Calls.Call work) throws Exception {
        long began = System.nanoTime();
        double spent = spent();
        work.make();
        return new Cost((System.nanoTime() - began) / 1e6, spent() - spent);
    }

    /** The median of several goes, each by itself for clock and processor. */
    static Cost median(int goes, Measured work) throws Exception {
        List<Cost> costs = new ArrayList<>();
        for (int go = 0; go < goes; go++) {
            costs.add(work.take());
        }
        return new Cost(
                median(costs.stream().map(Cost::clock).toList()),
                median(costs.stream().map(Cost::processor).toList()));
    }

    private static double median(List<Double> values) {
        return values.stream()
                .sorted(Comparator.naturalOrder())
                .skip(values.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    Cost plus(Cost other) {
        return new Cost(clock + other.clock, processor + other.processor);
    }

    /** How many times as much this is, by whichever of the two says less: others use the machine too. */
    double times(Cost other) {
        double byClock = clock / Math.max(other.clock, 0.01);
        // The system tells other processes' time in steps of 10 ms.
        return other.processor < 50 ? byClock : Math.min(byClock, processor / other.processor);
    }

    private static double spent() {
        return ProcessHandle.current()
                                .descendants()
                                .mapToLong(child -> child.info()
                                        .totalCpuDuration()
                                        .orElse(Duration.ZERO)
                                        .toNanos())
                                .sum()
                        / 1e6
                + Stopwatch.PROCESS.getProcessCpuTime() / 1e6;
    }
}
