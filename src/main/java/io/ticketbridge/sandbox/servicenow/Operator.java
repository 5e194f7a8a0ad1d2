package io.ticketbridge.sandbox.servicenow;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The operators of encoded queries. Text matches whatever its case, as in the database of a real instance. Those that
 * are recognised but not computed here make their condition invalid, as a wrong column does.
 */
enum Operator {
    EQUALS("="),
    NOT_EQUALS("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("IN"),
    NOT_IN("NOT IN"),
    CONTAINS("LIKE", "CONTAINS", "*"),
    NOT_CONTAINS("NOT LIKE", "NOTLIKE", "!*"),
    STARTS_WITH("STARTSWITH"),
    ENDS_WITH("ENDSWITH", "%"),
    IS_EMPTY("ISEMPTY", "EMPTYSTRING"),
    IS_NOT_EMPTY("ISNOTEMPTY"),
    ANYTHING("ANYTHING"),
    BETWEEN("BETWEEN"),
    SAME_AS("SAMEAS"),
    NOT_SAME_AS("NSAMEAS"),
    INSTANCE_OF("INSTANCEOF"),
    NOT_SIMULATED("DYNAMIC", "NOTON", "ON", "RELATIVE", "DATEPART", "MORETHAN", "LESSTHAN", "VALCHANGES");

    /** An operator as it is written. */
    record Token(String text, Operator operator) {}

    // Longest first: "NOT IN" before "IN", "ISNOTEMPTY" before "IN".
    private static final List<Token> TOKENS = Arrays.stream(values())
            .flatMap(operator -> operator.written.stream().map(text -> new Token(text, operator)))
            .sorted(Comparator.comparing((Token token) -> token.text().length()).reversed())
            .toList();

    private final List<String> written;

    Operator(String... written) {
        this.written = List.of(written);
    }

    static Optional<Token> at(String text) {
        return TOKENS.stream().filter(token -> text.startsWith(token.text())).findFirst();
    }

    boolean test(Column column, String actual, String wanted) {
        return switch (this) {
            case EQUALS -> same(column, actual, wanted);
            case NOT_EQUALS -> !same(column, actual, wanted);
            case LESS -> !actual.isEmpty() && compare(column, actual, wanted) < 0;
            case LESS_OR_EQUAL -> !actual.isEmpty() && compare(column, actual, wanted) <= 0;
            case GREATER -> !actual.isEmpty() && compare(column, actual, wanted) > 0;
            case GREATER_OR_EQUAL -> !actual.isEmpty() && compare(column, actual, wanted) >= 0;
            case IN -> anyOf(column, actual, wanted);
            case NOT_IN -> !anyOf(column, actual, wanted);
            case CONTAINS -> lower(actual).contains(lower(wanted));
            case NOT_CONTAINS -> !lower(actual).contains(lower(wanted));
            case STARTS_WITH -> lower(actual).startsWith(lower(wanted));
            case ENDS_WITH -> lower(actual).endsWith(lower(wanted));
            case IS_EMPTY -> actual.isEmpty();
            case IS_NOT_EMPTY -> !actual.isEmpty();
            case ANYTHING -> true;
            case BETWEEN -> between(column, actual, wanted);
            case SAME_AS, NOT_SAME_AS, INSTANCE_OF, NOT_SIMULATED ->
                throw new IllegalStateException(this + " compares more than one value");
        };
    }

    /** Whether the query ACLs take it for {@code query_range}; the others are {@code query_match}. */
    boolean isRange() {
        return switch (this) {
            case EQUALS, NOT_EQUALS, IN, NOT_IN, IS_EMPTY, IS_NOT_EMPTY, ANYTHING -> false;
            default -> true;
        };
    }

    /** The order of two values: numbers by value, all else as text whatever its case. Empty comes first. */
    static int compare(Column column, String left, String right) {
        if (column.isInteger() && !left.isEmpty() && !right.isEmpty()) {
            try {
                return new BigDecimal(left).compareTo(new BigDecimal(right));
            } catch (NumberFormatException e) {
                return left.compareToIgnoreCase(right);
            }
        }
        return column.isPlain() ? left.compareTo(right) : left.compareToIgnoreCase(right);
    }

    private static boolean same(Column column, String actual, String wanted) {
        if (column.isBoolean()) {
            return truth(actual) == truth(wanted);
        }
        return actual.equalsIgnoreCase(wanted)
                || column.isInteger() && !actual.isEmpty() && !wanted.isEmpty() && compare(column, actual, wanted) == 0;
    }

    private static boolean truth(String value) {
        return value.equalsIgnoreCase("true") || value.equals("1");
    }

    private static boolean anyOf(Column column, String actual, String wanted) {
        for (String one : wanted.split(",", -1)) {
            if (same(column, actual, one.trim())) {
                return true;
            }
        }
        return false;
    }

    private static boolean between(Column column, String actual, String wanted) {
        int at = wanted.indexOf('@');
        return !actual.isEmpty()
                && compare(column, actual, wanted.substring(0, at)) >= 0
                && compare(column, actual, wanted.substring(at + 1)) <= 0;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
