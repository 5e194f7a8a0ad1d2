package io.ticketbridge.deliver.call;

import io.ticketbridge.ticket.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of a table in the order in which a record passes through them (servicenow.md, section 4). The numbers alone
 * don't tell: a closed customer service case has a smaller one than an open case.
 *
 * @param isOfTable whether they are the table's own; else it is taken for a task, and its numbers may mean anything
 */
public record Lifecycle(List<State> states, boolean isOfTable) {

    /** @param value ServiceNow's own value, as a string like all of its values */
    public record State(String value, String label, Phase phase) {}

    /** Thresholds that are meant in every table alike. */
    private static final Set<String> WORDS = Set.of("resolved", "closed");

    private static final Lifecycle TASK = new Lifecycle(
            List.of(
                    open("-5", "Pending"),
                    open("1", "Open"),
                    open("2", "Work in Progress"),
                    closed("3", "Closed Complete"),
                    closed("4", "Closed Incomplete"),
                    closed("7", "Closed Skipped")),
            false);

    public static final Map<String, Lifecycle> KNOWN = Map.of(
            "incident",
            of(
                    open("1", "New"),
                    open("2", "In Progress"),
                    open("3", "On Hold"),
                    open("4", "Awaiting User Info"),
                    open("5", "Awaiting Evidence"),
                    resolved("6", "Resolved"),
                    closed("7", "Closed"),
                    closed("8", "Canceled")),
            "problem",
            of(
                    open("1", "Open"),
                    open("2", "Known Error"),
                    open("3", "Pending Change"),
                    open("101", "New"),
                    open("102", "Assess"),
                    open("103", "Root Cause Analysis"),
                    open("104", "Fix in Progress"),
                    resolved("106", "Resolved"),
                    closed("4", "Closed/Resolved"),
                    closed("107", "Closed")),
            "sn_si_incident",
            of(
                    open("10", "Draft"),
                    open("16", "Analysis"),
                    open("18", "Contain"),
                    open("19", "Eradicate"),
                    open("20", "Recover"),
                    resolved("100", "Review"),
                    closed("3", "Closed"),
                    closed("7", "Cancelled")),
            "sn_customerservice_case",
            of(
                    open("1", "New"),
                    open("10", "Open"),
                    open("18", "Awaiting Info"),
                    resolved("6", "Resolved"),
                    closed("3", "Closed"),
                    closed("7", "Cancelled")),
            "change_request",
            of(
                    open("-5", "New"),
                    open("-4", "Assess"),
                    open("-3", "Authorize"),
                    open("-2", "Scheduled"),
                    open("-1", "Implement"),
                    resolved("0", "Review"),
                    closed("3", "Closed"),
                    closed("4", "Canceled")));

    /** A table that is not known here is taken for a task. */
    public static Lifecycle of(String table) {
        return KNOWN.getOrDefault(table, TASK);
    }

    /** @param active ServiceNow's {@code active}: a state that is not known here is over once it is false */
    public Phase phase(String value, boolean active) {
        return find(value, active).map(State::phase).orElse(active ? Phase.OPEN : Phase.CLOSED);
    }

    /**
     * Whether a record in this state has reached the status that lets a duplicate be opened: that state, any later one, or
     * the end (P7).
     *
     * @param threshold a label or value of the table's states, or {@code resolved} or {@code closed}
     */
    public boolean hasReached(String value, boolean active, String threshold) {
        if (phase(value, active) == Phase.CLOSED) {
            return true;
        }
        Optional<State> needed = named(threshold);
        Optional<State> present = find(value, active);
        return needed.isPresent()
                && present.isPresent()
                && states.indexOf(present.get()) >= states.indexOf(needed.get());
    }

    /**
     * What a threshold that is meant for this table is in another, where a value may stand for something else: the state of the same
     * label, or else how far the state is.
     */
    public String meantIn(Lifecycle other, String threshold) {
        Optional<State> meant =
                WORDS.contains(threshold.strip().toLowerCase(Locale.ROOT)) ? Optional.empty() : named(threshold);
        if (other == this || meant.isEmpty()) {
            return threshold;
        }
        String label = meant.get().label();
        return other.states.stream().anyMatch(state -> state.label().equalsIgnoreCase(label))
                ? label
                : meant.get().phase() == Phase.CLOSED ? "closed" : "resolved";
    }

    /** Whether the setting names a state here. */
    public boolean knows(String threshold) {
        return named(threshold).isPresent();
    }

    /** Label to value, in order. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        states.forEach(state -> values.putIfAbsent(state.label(), state.value()));
        return values;
    }

    public String labels() {
        return states.stream().map(State::label).collect(Collectors.joining(", "));
    }

    private Optional<State> named(String threshold) {
        String wanted = threshold.strip().toLowerCase(Locale.ROOT);
        return states.stream()
                .filter(state -> state.label().toLowerCase(Locale.ROOT).equals(wanted)
                        || state.value().equals(wanted))
                .findFirst()
                .or(() -> switch (wanted) {
                    case "resolved" -> firstIn(Phase.RESOLVED).or(() -> firstIn(Phase.CLOSED));
                    case "closed" -> firstIn(Phase.CLOSED);
                    default -> Optional.empty();
                });
    }

    private Optional<State> firstIn(Phase phase) {
        return states.stream().filter(state -> state.phase() == phase).findFirst();
    }

    /** Whether this number closes a record, where nothing else tells. */
    public boolean isClosed(String value) {
        return states.stream().anyMatch(state -> state.value().equals(value) && state.phase() == Phase.CLOSED);
    }

    /** In a table of one's own, {@code active} says more than a number: what contradicts it is another state. */
    private Optional<State> find(String value, boolean active) {
        return states.stream()
                .filter(state -> state.value().equals(value))
                .filter(state -> isOfTable || active == (state.phase() != Phase.CLOSED))
                .findFirst();
    }

    private static Lifecycle of(State... states) {
        return new Lifecycle(List.of(states), true);
    }

    private static State open(String value, String label) {
        return new State(value, label, Phase.OPEN);
    }

    private static State resolved(String value, String label) {
        return new State(value, label, Phase.RESOLVED);
    }

    private static State closed(String value, String label) {
        return new State(value, label, Phase.CLOSED);
    }
}
