package io.ticketbridge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was measured by one plan. */
final class Measures {
    /**
     * @param seconds of the pass
     * @param settling seconds until nothing was owed and the account was closed
     */
    record Timing(int round, Contenders contender, Phase phase, int findings, double seconds, double settling) {
        double perSecond() {
            return findings / seconds;
        }
    }

    /** Bytes; memory is that of the process, the database's included where it runs in it. */
    record Size(long peakMemory, long peakHeap, double diskPerFinding) {}

    private final Plan plan;
    private final List<Timing> timings = new ArrayList<>();
    private final Map<Contenders, Size> sizes = new TreeMap<>();

    Measures(Plan plan) {
        this.plan = plan;
    }

    void add(Timing timing) {
        timings.add(timing);
    }

    void add(Contenders contender, Size size) {
        sizes.put(contender, size);
    }

    Plan plan() {
        return plan;
    }

    List<Timing> timings() {
        return timings;
    }

    Map<Contenders, Size> sizes() {
        return sizes;
    }

    /** Findings per second, the median of the rounds. */
    double perSecond(Contenders contender, Phase phase) {
        return median(IntStream.range(0, plan.rounds())
                .mapToObj(round -> perSecond(round, contender, phase))
                .toList());
    }

    /** How many times as fast one is as another: compared within each round, the median of the rounds. */
    double ratio(Contenders one, Contenders other, Phase phase) {
        return median(IntStream.range(0, plan.rounds())
                .mapToObj(round -> perSecond(round, one, phase) / perSecond(round, other, phase))
                .toList());
    }

    /** Seconds after the pass, the median of the rounds. */
    double settling(Contenders contender, Phase phase) {
        return median(of(contender, phase).map(Timing::settling).toList());
    }

    private double perSecond(int round, Contenders contender, Phase phase) {
        return median(of(contender, phase)
                .filter(each -> each.round() == round)
                .map(Timing::perSecond)
                .toList());
    }

    private Stream<Timing> of(Contenders contender, Phase phase) {
        return timings.stream().filter(each -> each.contender() == contender && each.phase() == phase);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
