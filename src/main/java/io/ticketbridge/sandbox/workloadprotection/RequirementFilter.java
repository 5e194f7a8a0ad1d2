package io.ticketbridge.sandbox.workloadprotection;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of the filter language that narrows requirements: {@code pass}, {@code policy.name} and {@code zone.name}, joined by and. */
final class RequirementFilter {
    private static final Pattern CLAUSE = Pattern.compile(
            "(pass|policy\\.name|zone\\.name)\\s*(=|contains|in)\\s*(\"[^\"]*\"|\\(\\s*\"[^\"]*\"(?:\\s*,\\s*\"[^\"]*\")*\\s*\\))");
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"");

    private record Clause(String field, String operator, List<String> values) {
        boolean lets(String value) {
            return operator.equals("contains") ? values.stream().anyMatch(value::contains) : values.contains(value);
        }
    }

    private final List<Clause> clauses = new ArrayList<>();

    /** @throws IllegalArgumentException with the message for a 400 */
    RequirementFilter(String text) {
        String rest = text.strip();
        while (!rest.isEmpty()) {
            Matcher matcher = CLAUSE.matcher(rest);
            if (!matcher.lookingAt()) {
                throw new IllegalArgumentException("Invalid filter at: " + rest);
            }
            List<String> values = VALUE.matcher(matcher.group(3))
                    .results()
                    .map(value -> value.group(1))
                    .toList();
            clauses.add(new Clause(matcher.group(1), matcher.group(2), values));
            rest = rest.substring(matcher.end()).strip();
            rest = rest.startsWith("and ") ? rest.substring("and ".length()).strip() : rest;
        }
    }

    boolean lets(Catalogue.Policy policy, Catalogue.Zone zone, boolean pass) {
        return clauses.stream()
                .allMatch(clause -> clause.lets(
                        switch (clause.field()) {
                            case "policy.name" -> policy.name();
                            case "zone.name" -> zone.name();
                            default -> String.valueOf(pass);
                        }));
    }
}
