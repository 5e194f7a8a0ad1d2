package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the {@code TMV1-Filter} header: {@code eq}, {@code contains(field, 'text')}, {@code not}, {@code and},
 * {@code or}, in this order of precedence, and parentheses. A quote inside a string is doubled. Numbers and booleans may be
 * bare. Cloud Posture also knows {@code hassubset(field, ['text'])} and {@code tags/any(tag: tag eq 'text')}, and takes
 * {@code or} only inside parentheses, {@code and} only outside.
 */
final class ListFilter {
    private static final Pattern BARE = Pattern.compile("true|false|-?\\d+");
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:('(?:[^']|'')*')|([A-Za-z_][A-Za-z0-9_./]*|-?\\d+)|([(),:\\[\\]]))");

    private final List<String> tokens;
    private final Set<String> fields;
    private final boolean ofPosture;
    private int at;

    private ListFilter(List<String> tokens, Set<String> fields, boolean ofPosture) {
        this.tokens = tokens;
        this.fields = fields;
        this.ofPosture = ofPosture;
    }

    /** @throws BadRequest when it is longer than that, names another field, or is no filter */
    static Predicate<JsonNode> parse(String header, Set<String> fields, int maxLength) {
        return parse(header, fields, maxLength, false);
    }

    /** The same by the rules of Cloud Posture. */
    static Predicate<JsonNode> ofPosture(String header, Set<String> fields, int maxLength) {
        return parse(header, fields, maxLength, true);
    }

    private static Predicate<JsonNode> parse(String header, Set<String> fields, int maxLength, boolean ofPosture) {
        if (header.isBlank()) {
            return item -> true;
        }
        if (header.length() > maxLength) {
            throw new BadRequest(
                    "FilterTooLong", "The TMV1-Filter header must not exceed " + maxLength + " characters.");
        }
        ListFilter filter = new ListFilter(tokens(header), fields, ofPosture);
        Predicate<JsonNode> whole = ofPosture ? filter.and() : filter.or();
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
            Predicate<JsonNode> inner = ofPosture ? anyOf() : or();
            expect(")");
            return inner;
        }
        if (ofPosture && takeWord("hassubset")) {
            return subset();
        }
        if (ofPosture && takeWord("tags/any")) {
            return tagged();
        }
        if (takeWord("contains")) {
            expect("(");
            String field = field();
            expect(",");
            String text = string();
            expect(")");
            return item -> values(item, field).anyMatch(value -> value.contains(text));
        }
        String field = field();
        if (!takeWord("eq")) {
            throw unexpected();
        }
        String wanted = named(field, value());
        return item -> values(item, field).anyMatch(wanted::equals);
    }

    private Predicate<JsonNode> anyOf() {
        Predicate<JsonNode> left = not();
        while (takeWord("or")) {
            left = left.or(not());
        }
        return left;
    }

    private Predicate<JsonNode> subset() {
        expect("(");
        String field = field();
        expect(",");
        expect("[");
        List<String> wanted = new ArrayList<>(List.of(string()));
        while (take(",")) {
            wanted.add(string());
        }
        expect("]");
        expect(")");
        return item -> values(item, field).toList().containsAll(wanted);
    }

    private Predicate<JsonNode> tagged() {
        for (String token : List.of("(", "tag", ":", "tag", "eq")) {
            expect(token);
        }
        String wanted = string();
        expect(")");
        return item -> values(item, "tags").anyMatch(wanted::equals);
    }

    /** The vendor's filter says ManagedService where its responses say ManagedServices. */
    private static String named(String field, String wanted) {
        return field.equals("type") && wanted.equals("ManagedService") ? "ManagedServices" : wanted;
    }

    private static Stream<String> values(JsonNode item, String field) {
        return switch (field) {
            case "creatorId" -> Stream.of(item.path("creator").path("id").asText());
            case "impactScopeEntityValue" -> texts(item.at("/impactScope/entities"), "entityValue");
            case "indicatorValue" -> texts(item.path("indicators"), "value");
            default ->
                item.path(field).isArray()
                        ? item.path(field).valueStream().map(JsonNode::asText)
                        : Stream.of(item.path(field).asText());
        };
    }

    /** Of each element the field's text, or where that is an object, its name. */
    private static Stream<String> texts(JsonNode elements, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements) {
            JsonNode value = element.path(field);
            texts.add(value.isObject() ? value.path("name").asText() : value.asText());
        }
        return texts.stream();
    }

    private String field() {
        String field = next();
        if (!fields.contains(field)) {
            throw new BadRequest("InvalidFilter", "The filter names the unknown field " + field + ".");
        }
        return field;
    }

    private String value() {
        return at < tokens.size() && BARE.matcher(tokens.get(at)).matches() ? next() : string();
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
