package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code TMV1-Filter} header: {@code eq}, {@code contains(field, 'text')}, {@code not}, {@code and},
 * {@code or}, in this order of precedence, and parentheses. A quote inside a string is doubled.
 */
final class CaseFilter {
    static final int MAX_LENGTH = 270;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:('(?:[^']|'')*')|([A-Za-z_][A-Za-z0-9_.]*)|([(),]))");

    private final List<String> tokens;
    private final Set<String> fields;
    private int at;

    private CaseFilter(List<String> tokens, Set<String> fields) {
        this.tokens = tokens;
        this.fields = fields;
    }

    /** @throws BadRequest when it is longer than {@value #MAX_LENGTH}, names another field, or is no filter */
    static Predicate<JsonNode> parse(String header, Set<String> fields) {
        if (header.isBlank()) {
            return item -> true;
        }
        if (header.length() > MAX_LENGTH) {
            throw new BadRequest("FilterTooLong", "The TMV1-Filter header must not exceed 270 characters.");
        }
        CaseFilter filter = new CaseFilter(tokens(header), fields);
        Predicate<JsonNode> whole = filter.or();
        if (filter.at != filter.tokens.size()) {
            throw filter.unexpected();
        }
        return whole;
    }

    private static List<String> tokens(String header) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(header);
        int end = 0;
        while (end < header.stripTrailing().length()) {
            matcher.region(end, header.length());
            if (!matcher.lookingAt()) {
                throw new BadRequest("InvalidFilter", "The filter cannot be read at position " + end + ".");
            }
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        return tokens;
    }

    private Predicate<JsonNode> or() {
        Predicate<JsonNode> left = and();
        while (takeWord("or")) {
            left = left.or(and());
        }
        return left;
    }

    private Predicate<JsonNode> and() {
        Predicate<JsonNode> left = not();
        while (takeWord("and")) {
            left = left.and(not());
        }
        return left;
    }

    private Predicate<JsonNode> not() {
        return takeWord("not") ? primary().negate() : primary();
    }

    private Predicate<JsonNode> primary() {
        if (take("(")) {
            Predicate<JsonNode> inner = or();
            expect(")");
            return inner;
        }
        if (takeWord("contains")) {
            expect("(");
            String field = field();
            expect(",");
            String text = string();
            expect(")");
            return item -> value(item, field).contains(text);
        }
        String field = field();
        if (!takeWord("eq")) {
            throw unexpected();
        }
        String wanted = string();
        return item -> value(item, field).equals(named(field, wanted));
    }

    /** The vendor's filter says ManagedService where its responses say ManagedServices. */
    private static String named(String field, String wanted) {
        return field.equals("type") && wanted.equals("ManagedService") ? "ManagedServices" : wanted;
    }

    private static String value(JsonNode item, String field) {
        return field.equals("creatorId")
                ? item.path("creator").path("id").asText()
                : item.path(field).asText();
    }

    private String field() {
        String field = next();
        if (!fields.contains(field)) {
            throw new BadRequest("InvalidFilter", "The filter names the unknown field " + field + ".");
        }
        return field;
    }

    private String string() {
        String token = next();
        if (!token.startsWith("'")) {
            throw new BadRequest("InvalidFilter", "The filter needs a string in single quotes.");
        }
        return token.substring(1, token.length() - 1).replace("''", "'");
    }

    private String next() {
        if (at == tokens.size()) {
            throw unexpected();
        }
        return tokens.get(at++);
    }

    private void expect(String token) {
        if (!take(token)) {
            throw unexpected();
        }
    }

    private boolean take(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean takeWord(String word) {
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
            at++;
            return true;
        }
        return false;
    }

    private BadRequest unexpected() {
        return new BadRequest(
                "InvalidFilter",
                at < tokens.size()
                        ? "The filter does not expect " + tokens.get(at) + "."
                        : "The filter ends too early.");
    }
}
