package io.ticketbridge.sandbox.servicenow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One valid condition of an encoded query, ready to test rows. */
record Condition(FieldPath field, Operator operator, String value, Predicate<Row> test) {

    private static final Pattern FIELD = Pattern.compile("[a-z0-9_.]+");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");

    /** Empty when a real instance would drop it: unknown column or operator, or a value that can't be one. */
    static Optional<Condition> parse(String text, TableDefinition table, Store store) {
        Matcher name = FIELD.matcher(text);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        String rest = text.substring(name.end());
        Optional<Operator.Token> token = Operator.at(rest);
        return token.flatMap(found -> FieldPath.of(name.group(), table, store.dictionary)
                .flatMap(field ->
                        of(field, found.operator(), rest.substring(found.text().length()), table, store)));
    }

    static Optional<Condition> of(
            FieldPath field, Operator operator, String value, TableDefinition table, Store store) {
        Column column = field.column();
        if (operator == Operator.NOT_SIMULATED || value.startsWith("javascript:")) {
            return Optional.empty();
        }
        if (operator == Operator.INSTANCE_OF) {
            return Optional.of(new Condition(field, operator, value, row -> row.table.isA(value)));
        }
        if (operator == Operator.SAME_AS || operator == Operator.NOT_SAME_AS) {
            return FieldPath.of(value, table, store.dictionary)
                    .map(other -> new Condition(
                            field,
                            operator,
                            value,
                            row -> field.value(row, store).equals(other.value(row, store))
                                    == (operator == Operator.SAME_AS)));
        }
        if (operator == Operator.BETWEEN && value.indexOf('@') < 0) {
            return Optional.empty();
        }
        boolean comparesDates = column.isDateTime()
                && List.of(
                                Operator.LESS,
                                Operator.LESS_OR_EQUAL,
                                Operator.GREATER,
                                Operator.GREATER_OR_EQUAL,
                                Operator.BETWEEN)
                        .contains(operator);
        if (comparesDates
                && !Arrays.stream(value.split("@"))
                        .allMatch(date -> DATE.matcher(date).matches())) {
            return Optional.empty();
        }
        return Optional.of(
                new Condition(field, operator, value, row -> operator.test(column, field.value(row, store), value)));
    }

    /** The values that an index can look up, or empty when it can't help. */
    List<String> lookups() {
        Column column = field.column();
        boolean usable =
                !field.isDotWalk() && (column.indexed() || column.name().equals("sys_id"));
        if (!usable || value.isEmpty()) {
            return List.of();
        }
        return switch (operator) {
            case EQUALS -> List.of(value);
            case IN ->
                Arrays.stream(value.split(","))
                        .map(String::trim)
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList();
            default -> List.of();
        };
    }
}
