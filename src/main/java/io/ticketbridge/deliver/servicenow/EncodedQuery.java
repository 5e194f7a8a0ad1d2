package io.ticketbridge.deliver.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Builds an encoded query whose values cannot become conditions or scripts (P16, P38). Immutable. Every method throws
 * {@link IllegalArgumentException} for an empty value or a column that is no column name, and {@link UnusableValue} for a value
 * that is not {@link #isUsable(String)} or, for one of several, has a comma.
 */
public final class EncodedQuery {
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");
    private static final Pattern UNSAFE = Pattern.compile("[\\^\\p{Cntrl}\\p{Zl}\\p{Zp}]");

    private final String conditions;
    private final String order;

    private EncodedQuery(String conditions, String order) {
        this.conditions = conditions;
        this.order = order;
    }

    /** {@code column=value}. */
    public static EncodedQuery where(String column, String value) {
        return new EncodedQuery("", "").and(column, value);
    }

    /** {@code columnINa,b}. */
    public static EncodedQuery whereIn(String column, List<String> values) {
        return new EncodedQuery("", "").in(column, values);
    }

    /** {@code column>=time}, in UTC and whole seconds, as ServiceNow keeps time. */
    public static EncodedQuery since(String column, Instant time) {
        return new EncodedQuery("", "").atLeast(column, time);
    }

    public EncodedQuery and(String column, String value) {
        return with(column(column) + "=" + value(column, value));
    }

    /** One of the values, of which none may hold a comma and at least one must be there. */
    public EncodedQuery in(String column, List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A query for " + column + " needs at least one value");
        }
        values.forEach(value -> {
            if (value(column, value).indexOf(',') >= 0) {
                throw new UnusableValue("A query for one of several " + column + " takes no value with a comma");
            }
        });
        return with(column(column) + "IN" + String.join(",", values));
    }

    /** {@code columnLIKEvalue}: the column holds the value somewhere. */
    public EncodedQuery contains(String column, String value) {
        return with(column(column) + "LIKE" + value(column, value));
    }

    public EncodedQuery atLeast(String column, Instant time) {
        return with(column(column) + ">=" + ServiceNowTime.of(time));
    }

    public EncodedQuery after(String column, Instant time) {
        return with(column(column) + ">" + ServiceNowTime.of(time));
    }

    /** {@code column=time}, in UTC and whole seconds. */
    public EncodedQuery at(String column, Instant time) {
        return with(column(column) + "=" + ServiceNowTime.of(time));
    }

    /** {@code column>value}, for reading on in key order. */
    public EncodedQuery after(String column, String value) {
        return with(column(column) + ">" + value(column, value));
    }

    /** This query's conditions, or else the other's ({@code ^NQ}). The order of this one holds, and no condition can be added any more. */
    public EncodedQuery orElse(EncodedQuery other) {
        return new EncodedQuery(conditions + "^NQ" + other.conditions, order);
    }

    public EncodedQuery orderBy(String column) {
        return new EncodedQuery(conditions, order + "^ORDERBY" + column(column));
    }

    private EncodedQuery with(String condition) {
        if (conditions.contains("^NQ")) {
            throw new IllegalStateException(
                    "Add conditions before orElse: afterwards they would bind to the other query only");
        }
        return new EncodedQuery(conditions.isEmpty() ? condition : conditions + "^" + condition, order);
    }

    /** For {@code CamelServiceNowQuery}: the component takes {@code %41} in a header for an escaped A. */
    public String header() {
        return toString().replace("%", "%25");
    }

    /** The query itself, not escaped for an address. */
    @Override
    public String toString() {
        return conditions + order;
    }

    /** Whether it stays a value: {@code ^} begins a condition, and what begins with {@code javascript:} is run as a script. */
    public static boolean isUsable(String value) {
        return !UNSAFE.matcher(value).find()
                && !value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:");
    }

    private static String column(String column) {
        if (column == null || !COLUMN.matcher(column).matches()) {
            throw new IllegalArgumentException("A query needs a column name in lower case, was "
                    + (column == null ? "missing" : "'" + Sentence.of(column) + "'"));
        }
        return column;
    }

    private static String value(String column, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "A query for " + column + " needs a value; without one it would match other records");
        }
        if (!isUsable(value)) {
            throw new UnusableValue(
                    "A query for " + column + " takes no value with ^, control characters or javascript:");
        }
        return value;
    }
}
