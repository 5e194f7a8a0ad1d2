package io.ticketbridge.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a step costs at each size. */
final class GrowingStep {
    /** So many times n log n is taken for noise: a square would be eight times at a tenfold size. */
    static final double TOLERANCE = 2;

    /** Nobody feels less, in milliseconds; and it is too short to be told from noise. */
    private static final double NOTHING = 20;

    private final Database.Kind kind;
    private final String name;
    private final TreeMap<Integer, Cost> costs = new TreeMap<>();

    GrowingStep(Database.Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    void add(int size, Cost cost) {
        costs.put(size, cost);
    }

    String name() {
        return name;
    }

    TreeMap<Integer, Cost> costs() {
        return costs;
    }

    /** The power of the size with which the cost grows, from the smallest to the largest. */
    double exponent() {
        return costs.size() < 2
                ? 0
                : Math.log(costs.lastEntry().getValue().times(costs.firstEntry().getValue()))
                        / Math.log((double) costs.lastKey() / costs.firstKey());
    }

    /** The most that the cost grew from one size to the next, as so many times what n log n would have. */
    double againstLinearithmic() {
        double most = 0;
        for (int size : costs.tailMap(costs.firstKey(), false).keySet()) {
            int before = costs.lowerKey(size);
            Cost cost = costs.get(size);
            if (cost.clock() > NOTHING) {
                double expected = size * Math.log(size) / (before * Math.log(before));
                most = Math.max(most, times(size, before) / expected);
            }
        }
        return most;
    }

    /** H2 works in this process, so that its processor time tells. */
    static double times(Database.Kind kind, Cost cost, Cost other) {
        return kind == Database.Kind.H2 ? cost.timesAtLeast(other) : cost.times(other);
    }

    private double times(int size, int before) {
        return times(kind, costs.get(size), costs.get(before));
    }

    /** What is wrong with it, in words. */
    Optional<String> tooFast() {
        double times = againstLinearithmic();
        return times <= TOLERANCE
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s, %s: grows %.1f times as fast as n log n, may be at most %.1f",
                        kind.title(),
                        name,
                        times,
                        TOLERANCE));
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("database", kind.title());
        map.put("step", name);
        map.put("milliseconds", costs);
        map.put("exponent", exponent());
        map.put("againstLinearithmic", againstLinearithmic());
        return map;
    }
}
