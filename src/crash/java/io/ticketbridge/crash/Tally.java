package io.ticketbridge.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one lane came to. */
final class Tally {
    final String ledger;
    final Map<Step, Integer> killed = new EnumMap<>(Step.class);
    final Map<Step, Integer> notReached = new EnumMap<>(Step.class);
    final Map<String, Long> faults = new TreeMap<>();
    final List<String> wrong = new ArrayList<>();
    int comparisons;
    int tickets;
    long ticketsCompared;
    int missing;
    int duplicate;
    int repeatedNotes;
    Duration duration = Duration.ZERO;

    Tally(String ledger) {
        this.ledger = ledger;
    }

    void add(Step step, boolean reached) {
        (reached ? killed : notReached).merge(step, 1, Integer::sum);
    }

    int kills() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    void compared(Verdict verdict) {
        comparisons++;
        tickets = verdict.tickets();
        ticketsCompared += verdict.tickets();
        missing += verdict.missing.size();
        duplicate += verdict.duplicate.size();
        repeatedNotes += verdict.repeatedNotes.size();
        wrong.addAll(verdict.findings());
    }

    void wrong(String what) {
        wrong.add(what);
    }

    boolean isClean() {
        return wrong.isEmpty();
    }

    String complaint(long seed) {
        return ledger + ", after " + kills() + " kills, repeat with -Dcrash.seed=" + seed + ":\n"
                + String.join("\n", wrong);
    }

    void finish(World world, Duration took) {
        add("ServiceNow", world.bridge.serviceNow().faults().drawn());
        add("Vision One", world.bridge.visionOne().faults().drawn());
        add("SCC", world.bridge.scc().faults().drawn());
        duration = took;
    }

    private void add(String system, Map<String, Long> drawn) {
        drawn.forEach((name, count) -> faults.put(system + ": " + name, count));
    }
}
