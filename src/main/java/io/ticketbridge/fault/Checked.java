package io.ticketbridge.fault;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one check found (P30).
 *
 * @param system what was looked at: {@code settings}, {@code routes}, {@code ledger}, {@code servicenow}, a source
 * @param name what was asked of it
 * @param text what is so, one sentence without secrets
 * @param cure the property to change and what to change it to, or what somebody else has to do; empty if all is well
 */
public record Checked(String system, String name, Verdict verdict, String text, String cure) {
    public enum Verdict {
        OK,
        WARNING,
        PROBLEM,
        /** The user has no right to ask, or another problem stands before it. */
        UNCHECKED
    }

    public static Checked ok(String system, String name, String text) {
        return new Checked(system, name, Verdict.OK, text, "");
    }

    public static Checked warning(String system, String name, String text, String cure) {
        return new Checked(system, name, Verdict.WARNING, text, cure);
    }

    public static Checked problem(String system, String name, String text, String cure) {
        return new Checked(system, name, Verdict.PROBLEM, text, cure);
    }

    public static Checked unchecked(String system, String name, String text, String cure) {
        return new Checked(system, name, Verdict.UNCHECKED, text, cure);
    }

    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("system", system);
        map.put("check", name);
        map.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
        map.put("text", text);
        map.put("cure", cure);
        return map;
    }
}
