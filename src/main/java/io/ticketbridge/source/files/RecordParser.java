package io.ticketbridge.source.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/**
 * Parses one record into a tree. Strings, nesting and numbers have limits; a key that stands twice is refused, as one of two
 * results would be lost; what a resource itself looks like ({@code data}, {@code Details}: most of a record) is skipped.
 */
final class RecordParser {
    static final int MAX_STRING = 1_000_000;
    static final int MAX_DEPTH = 200;
    private static final Set<String> SKIPPED = Set.of("data", "Details");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(1000)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private RecordParser() {}

    static JsonNode parse(Slice slice) throws Unfit {
        try (JsonParser parser = JSON.createParser(slice.bytes(), slice.from(), slice.length())) {
            parser.nextToken();
            JsonNode node = value(parser, 0);
            if (parser.nextToken() != null) {
                throw new Unfit("more than one value where one record was expected");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new Unfit("the record breaks a limit (strings of 1,000,000 characters, " + MAX_DEPTH
                    + " levels of nesting, numbers of 1,000 digits); shorten it at its source");
        } catch (JsonProcessingException e) {
            Place place = slice.place()
                    .plus(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw new Unfit(place, "not valid JSON; export the file again or correct it there");
        } catch (IOException e) {
            throw new Unfit("not readable as UTF-8 JSON; export the file again");
        }
    }

    private static JsonNode value(JsonParser parser, int depth) throws IOException, Unfit {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return NODES.missingNode();
        }
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? NODES.numberNode(parser.getBigIntegerValue())
                        : NODES.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser, int depth) throws IOException, Unfit {
        ObjectNode node = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (depth > 1 && token != null && token.isStructStart() && SKIPPED.contains(name)) {
                parser.skipChildren();
            } else if (node.replace(name, value(parser, depth + 1)) != null) {
                throw new Unfit(
                        "a key stands twice in one object, so its value is ambiguous; correct it at its source");
            }
        }
        return node;
    }

    private static ArrayNode array(JsonParser parser, int depth) throws IOException, Unfit {
        ArrayNode node = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            node.add(value(parser, depth + 1));
        }
        return node;
    }
}
