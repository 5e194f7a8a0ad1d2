package io.ticketbridge.deliver.servicenow;

import java.util.regex.Pattern;

/** The key of a ServiceNow record: 32 lower-case hexadecimal digits. The component puts it into the path unescaped. */
public final class SysId {
    private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

    private SysId() {}

    /** The value itself, or {@link IllegalArgumentException}: anything else could address another record (P16). */
    public static String require(String value) {
        if (value == null || !VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("A sys_id must be 32 digits of 0-9 and a-f, was "
                    + (value == null ? "missing" : "'" + Sentence.of(value) + "'"));
        }
        return value;
    }
}
