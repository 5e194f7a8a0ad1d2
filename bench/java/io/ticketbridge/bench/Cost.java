package io.ticketbridge.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What something took, in milliseconds.
 *
 * @param clock by the clock
 * @param processor of this process alone: what PostgreSQL does is not in it
 */
record Cost(double clock, double processor) {
    /** Processor time that can be compared, in milliseconds. */
    private static final double ENOUGH = 20;

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

    /** How many times as much this is, by the clock. */
    double times(Cost other) {
        return clock / Math.max(other.clock, 0.01);
    }

    /** The same, or by processor time if that says less: others use the machine too. */
    double timesAtLeast(Cost other) {
        return other.processor < ENOUGH ? times(other) : Math.min(times(other), processor / other.processor);
    }

    private static double spent() {
        return Stopwatch.PROCESS.getProcessCpuTime() / 1e6;
    }
}
