package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A jq expression, compiled once. {@code $record} in it is the whole record. It has no environment, no files and no modules: what
 * it says comes from what it is given. Immutable, so any thread may use it.
 */
final class Jq implements Expression.Finder {
    private static final String RECORD = "record";
    private static final Scope BUILT_IN = builtIn();

    /** What is wrong with the expression itself, and not with what it is applied to. */
    private static final Pattern NEVER_WORKS =
            Pattern.compile("Function (\\S+) does not exist|(\\$\\S+) is not defined");

    private static final Pattern PARSE_FAULT = Pattern.compile("Encountered (.+?) at line (\\d+), column (\\d+)");

    /** More than a page can hold: an expression that goes on and on is wrong. */
    private static final int MOST = 1_000_000;

    private final JsonQuery query;

    private Jq(JsonQuery query) {
        this.query = query;
    }

    private static Scope builtIn() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        return scope;
    }

    /** @throws CannotRead if it can never work: where it does not parse, or what it names that there is not */
    static Jq of(String text) {
        try {
            Jq jq = new Jq(JsonQuery.compile(text, Versions.JQ_1_7));
            jq.requireKnownNames();
            return jq;
        } catch (JsonQueryException e) {
            throw new CannotRead("jq does not parse" + place(e));
        }
    }

    /** Functions and variables are looked up when they are used, so it is used on nothing. */
    private void requireKnownNames() {
        try {
            apply(NullNode.getInstance(), NullNode.getInstance(), any -> {});
        } catch (StackOverflowError e) {
            throw new CannotRead("jq calls itself without an end");
        } catch (JsonQueryException | RuntimeException e) {
            Matcher unknown = NEVER_WORKS.matcher(String.valueOf(e.getMessage()));
            if (unknown.find()) {
                throw new CannotRead(
                        unknown.group(1) == null
                                ? "jq has no variable " + unknown.group(2) + " here; $record is the whole record"
                                : "jq has no function " + unknown.group(1) + " here");
            }
        }
    }

    private static String place(JsonQueryException error) {
        Matcher fault = PARSE_FAULT.matcher(
                error.getCause() == null ? "" : error.getCause().getMessage());
        return fault.find()
                ? " at " + fault.group(1) + ", line " + fault.group(2) + ", column " + fault.group(3)
                        + " of the expression"
                : ": " + error.getMessage();
    }

    @Override
    public void find(JsonNode node, JsonNode record, Consumer<JsonNode> out) {
        try {
            apply(node, record, out);
        } catch (CannotRead e) {
            throw e;
        } catch (JsonQueryException | RuntimeException e) {
            throw new CannotRead("jq fails: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new CannotRead("jq calls itself without an end");
        }
    }

    private void apply(JsonNode node, JsonNode record, Consumer<JsonNode> out) throws JsonQueryException {
        Scope scope = Scope.newChildScope(BUILT_IN);
        scope.setValue(RECORD, record);
        int[] found = {0};
        query.apply(scope, node, each -> {
            if (++found[0] > MOST) {
                throw new CannotRead("jq yields more than " + MOST + " values");
            }
            out.accept(each);
        });
    }
}
