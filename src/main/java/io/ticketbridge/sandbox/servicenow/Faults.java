package io.ticketbridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are on. For each request the rules are asked in the order in which they were set; one fault at most. */
public final class Faults {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<Rule, String> unused = new LinkedHashMap<>();
    private final Map<String, Long> drawn = new TreeMap<>();
    private int set;

    Faults() {}

    /** A set of faults that is on until it is used up or turned off. */
    public final class Rule implements AutoCloseable {

        private final RequestMatcher matcher;
        private final List<Fault> faults;
        private final double probability;
        private final Random random;
        private long left;
        private long used;

        private Rule(RequestMatcher matcher, List<Fault> faults, long left, double probability, long seed) {
            this.matcher = matcher;
            this.faults = List.copyOf(faults);
            this.left = left;
            this.probability = probability;
            this.random = new Random(seed);
        }

        private Fault draw(String method, String path) {
            if (left <= 0 || !matcher.matches(method, path)) {
                return null;
            }
            // Both numbers are drawn each time, so that the sequence depends on the seed alone.
            boolean hit = random.nextDouble() < probability;
            Fault fault = faults.get(random.nextInt(faults.size()));
            if (!hit) {
                return null;
            }
            left--;
            used++;
            return fault;
        }

        /** How many faults it has caused. */
        public long used() {
            synchronized (drawn) {
                return used;
            }
        }

        public void off() {
            rules.remove(this);
        }

        @Override
        public void close() {
            off();
        }
    }

    /** The next {@code n} matching requests get the fault. */
    public Rule next(int n, RequestMatcher matcher, Fault fault) {
        return expected(new Rule(matcher, List.of(fault), n, 1, 0));
    }

    /** The next {@code n} requests of any kind get the fault. */
    public Rule next(int n, Fault fault) {
        return next(n, RequestMatcher.any(), fault);
    }

    /** Every matching request gets the fault until the rule is turned off. */
    public Rule always(RequestMatcher matcher, Fault fault) {
        return expected(new Rule(matcher, List.of(fault), Long.MAX_VALUE, 1, 0));
    }

    /** Each matching request gets one of the faults with that probability (0 to 1), drawn from the seed. */
    public Rule atRate(double probability, long seed, RequestMatcher matcher, List<Fault> faults) {
        return add(new Rule(matcher, faults, Long.MAX_VALUE, probability, seed));
    }

    /** As the other {@code atRate}, for every request below {@code /api/}. */
    public Rule atRate(double probability, long seed, List<Fault> faults) {
        return atRate(probability, seed, RequestMatcher.api(), faults);
    }

    /** Turns every rule off. */
    public void clear() {
        rules.clear();
    }

    /** How many faults were caused so far, by name. */
    public Map<String, Long> drawn() {
        synchronized (drawn) {
            return Map.copyOf(drawn);
        }
    }

    /**
     * The faults of {@code next} and {@code always} that no request has met, by number and name, those included that are off
     * by now: nothing can be told of them.
     */
    public List<String> unused() {
        synchronized (drawn) {
            return List.copyOf(unused.values());
        }
    }

    /** The fault for a request, or null. */
    Fault draw(String method, String path) {
        if (rules.isEmpty()) {
            return null;
        }
        synchronized (drawn) {
            for (Rule rule : rules) {
                Fault fault = rule.draw(method, path);
                if (fault != null) {
                    drawn.merge(fault.name(), 1L, Long::sum);
                    unused.remove(rule);
                    if (rule.left == 0) {
                        rules.remove(rule);
                    }
                    return fault;
                }
            }
            return null;
        }
    }

    private Rule expected(Rule rule) {
        synchronized (drawn) {
            unused.put(rule, ++set + ". " + rule.faults.get(0).name());
        }
        return add(rule);
    }

    private Rule add(Rule rule) {
        rules.add(rule);
        return rule;
    }
}
