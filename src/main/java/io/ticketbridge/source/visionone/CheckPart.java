package io.ticketbridge.source.visionone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A part of an account's checks, as a filter says it (vision-one.md, sections 1.2 and 5.2): what some fields must be and must
 * not be. The filter grammar allows {@code and} outside parentheses only, so that everything is one chain.
 *
 * @param own the flow's own filter, or empty
 */
record CheckPart(String own, List<Condition> conditions) {
    /** What parts are told apart by. Three never change; a risk level does where somebody changes the rule. */
    static final List<String> FIELDS = List.of("region", "service", "riskLevel", "ruleId");

    /** In characters (vision-one.md, section 5.2). */
    private static final int LONGEST_FILTER = 1783;

    record Condition(String field, boolean is, String value) {
        /** Whether a check with this value is none that was asked for; one without a value may be. */
        boolean excludes(String other) {
            return !other.isBlank() && is != other.equals(value);
        }

        @Override
        public String toString() {
            return (is ? "" : "not ") + field + " eq '" + value.replace("'", "''") + "'";
        }
    }

    CheckPart {
        conditions = List.copyOf(conditions);
    }

    static CheckPart ofAccount(String id, String own) {
        return new CheckPart(own, List.of(new Condition("accountId", true, id)));
    }

    /** Whether a value of the source can stand in a header, which a filter is (P38). */
    static boolean isSayable(String value) {
        return !value.isBlank() && value.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    String filter() {
        return own.isEmpty() ? name() : name() + " and " + own;
    }

    /** For the log; the flow's own filter is the same in all parts. */
    String name() {
        return conditions.stream().map(Condition::toString).collect(Collectors.joining(" and "));
    }

    boolean isTooLong() {
        return filter().length() > LONGEST_FILTER;
    }

    boolean fixes(String field) {
        return conditions.stream()
                .anyMatch(condition -> condition.is() && condition.field().equals(field));
    }

    CheckPart with(String field, String value) {
        return and(List.of(new Condition(field, true, value)));
    }

    CheckPart without(String field, Collection<String> values) {
        return and(
                values.stream().map(value -> new Condition(field, false, value)).toList());
    }

    private CheckPart and(List<Condition> more) {
        List<Condition> all = new ArrayList<>(conditions);
        all.addAll(more);
        return new CheckPart(own, all);
    }

    /**
     * Divides it by the first field that had several values: a part for each, and one for whatever was not seen. Together they
     * are the whole, and none of those for a value is as large.
     *
     * @param seen the values of the fields among what was read of it
     * @return none where all that was read is alike
     */
    List<CheckPart> divided(Map<String, ? extends Collection<String>> seen) {
        for (String field : FIELDS) {
            Collection<String> values = seen.get(field);
            if (!fixes(field) && values.size() > 1) {
                List<CheckPart> parts = new ArrayList<>();
                values.forEach(value -> parts.add(with(field, value)));
                parts.add(without(field, values));
                return parts;
            }
        }
        return List.of();
    }

    /**
     * All that was read is alike, and there is more of it than can be asked for: what else there may be.
     *
     * @return the parts that differ from it in some field; last, the one that can't be divided any more
     */
    List<CheckPart> besides(Map<String, ? extends Collection<String>> seen) {
        List<CheckPart> parts = new ArrayList<>();
        CheckPart alike = this;
        for (String field : FIELDS) {
            for (String value : fixes(field) ? List.<String>of() : seen.get(field)) {
                parts.add(alike.without(field, List.of(value)));
                alike = alike.with(field, value);
            }
        }
        parts.add(alike);
        return parts;
    }
}
