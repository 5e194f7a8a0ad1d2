package io.ticketbridge.sandbox.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The faults that are switched on. For one request at most one fires: first those that were set for the next requests,
 * oldest first, then those at a rate. Standing ones, such as a rate limit, come around them. Safe for many threads.
 */
public final class HttpFaults {
    private final List<Pending> pending = new ArrayList<>();
    private final List<AtRate> rates = new ArrayList<>();
    private final List<Standing> standing = new ArrayList<>();
    private final Map<Object, String> unused = new LinkedHashMap<>();
    private final Map<String, Long> drawn = new TreeMap<>();
    private int set;

    /** The next {@code n} requests whose path matches meet this fault. */
    public void next(int n, Predicate<String> path, HttpFault fault) {
        nextMatching(n, request -> path.test(request.path()), fault);
    }

    /** The next {@code n} requests that match meet this fault. */
    public synchronized void nextMatching(int n, Predicate<Request> wanted, HttpFault fault) {
        Pending rule = new Pending(n, wanted, fault);
        pending.add(rule);
        expect(rule, fault);
    }

    /** Each request meets one of the faults with this probability; one seed gives one sequence of draws. */
    public synchronized void atRate(double probability, long seed, List<HttpFault> faults) {
        if (probability < 0 || probability > 1 || faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "A rate of faults must be 0..1 and name a fault, was " + probability + " of " + faults.size());
        }
        rates.add(new AtRate(probability, new Random(seed), List.copyOf(faults)));
    }

    public void atRate(double probability, long seed, HttpFault... faults) {
        atRate(probability, seed, List.of(faults));
    }

    /**
     * Every request whose path matches meets this fault, until {@link #clear()}.
     *
     * @return takes this one fault away again
     */
    public synchronized Runnable always(Predicate<String> path, HttpFault fault) {
        Standing rule = new Standing(path, fault);
        standing.add(rule);
        expect(rule, fault);
        return () -> remove(rule);
    }

    private synchronized void remove(Standing rule) {
        standing.removeIf(each -> each == rule);
    }

    public synchronized void clear() {
        pending.clear();
        rates.clear();
        standing.clear();
    }

    /** How many faults of {@code next} and {@code atRate} have fired so far. */
    public synchronized long fired() {
        return drawn.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same by name. */
    public synchronized Map<String, Long> drawn() {
        return Map.copyOf(drawn);
    }

    /**
     * The faults of {@code next} and {@code always} that no request has met, by number and name, those included that are off
     * by now: nothing can be told of them.
     */
    public synchronized List<String> unused() {
        return List.copyOf(unused.values());
    }

    private void expect(Object rule, HttpFault fault) {
        unused.put(rule, ++set + ". " + fault.name());
    }

    Answer around(Request request, Handler simulator) throws IOException {
        Handler handler = simulator;
        for (HttpFault fault : choose(request)) {
            Handler inner = handler;
            handler = outer -> fault.apply(outer, inner);
        }
        return handler.handle(request);
    }

    private synchronized List<HttpFault> choose(Request request) {
        List<HttpFault> chosen = new ArrayList<>();
        HttpFault once = takePending(request);
        if (once == null) {
            once = fromRates();
        }
        if (once != null) {
            drawn.merge(once.name(), 1L, Long::sum);
            chosen.add(once);
        }
        standing.stream().filter(rule -> rule.path.test(request.path())).forEach(rule -> {
            unused.remove(rule);
            chosen.add(rule.fault);
        });
        return chosen;
    }

    private HttpFault takePending(Request request) {
        for (Iterator<Pending> rules = pending.iterator(); rules.hasNext(); ) {
            Pending rule = rules.next();
            if (rule.wanted.test(request)) {
                unused.remove(rule);
                rule.left--;
                if (rule.left <= 0) {
                    rules.remove();
                }
                return rule.fault;
            }
        }
        return null;
    }

    private HttpFault fromRates() {
        for (AtRate rule : rates) {
            if (rule.random.nextDouble() < rule.probability) {
                return rule.faults.get(rule.random.nextInt(rule.faults.size()));
            }
        }
        return null;
    }

    private static final class Pending {
        private int left;
        private final Predicate<Request> wanted;
        private final HttpFault fault;

        Pending(int left, Predicate<Request> wanted, HttpFault fault) {
            this.left = left;
            this.wanted = wanted;
            this.fault = fault;
        }
    }

    private record AtRate(double probability, Random random, List<HttpFault> faults) {}

    /** No record: the same fault may be set twice. */
    private static final class Standing {
        private final Predicate<String> path;
        private final HttpFault fault;

        Standing(Predicate<String> path, HttpFault fault) {
            this.path = path;
            this.fault = fault;
        }
    }
}
