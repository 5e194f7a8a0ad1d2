package io.ticketbridge.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Medians of one comparison with a bare client.
 *
 * @param what the ledger's database, or the component by itself
 * @param atOnce how many tickets are delivered, and how many bare calls are made, at once
 * @param delayMillis after how long the instance answers
 * @param perSecond tickets, or calls of the component
 * @param barePerSecond the same calls by a bare client
 * @param processorMillis of this process for one
 * @param bareProcessorMillis of this process for a bare call
 */
public record DeliveryRow(
        String what,
        int atOnce,
        int delayMillis,
        double perSecond,
        double barePerSecond,
        double processorMillis,
        double bareProcessorMillis) {
    static final String HEADINGS = "            at once  delay    per s   bare   ratio   ms of processor   bare";

    static DeliveryRow of(String what, int atOnce, int delayMillis, List<Stopwatch> ours, List<Stopwatch> bare) {
        return new DeliveryRow(
                what,
                atOnce,
                delayMillis,
                median(ours, Stopwatch::perSecond),
                median(bare, Stopwatch::perSecond),
                median(ours, Stopwatch::processorMillis),
                median(bare, Stopwatch::processorMillis));
    }

    /** At least 0.95 is promised of tickets where the instance answers after 50 ms. */
    public double ratio() {
        return perSecond / barePerSecond;
    }

    private static double median(List<Stopwatch> rounds, ToDoubleFunction<Stopwatch> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-12s%6d%6d ms%9.1f%7.1f%8.3f%13.2f%12.2f",
                what,
                atOnce,
                delayMillis,
                perSecond,
                barePerSecond,
                ratio(),
                processorMillis,
                bareProcessorMillis);
    }
}
