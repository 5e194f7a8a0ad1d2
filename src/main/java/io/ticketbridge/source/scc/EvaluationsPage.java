package io.ticketbridge.source.scc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The evaluations of a page, as trees for a step that was put in between. To make trees costs more than all else that is done to an
 * evaluation, and mostly nobody looks at them: so they are read as a stream, and trees are made once somebody asks. Then those count.
 */
final class EvaluationsPage extends AbstractList<JsonNode> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] bytes;
    private final ObjectNode rest = JSON.createObjectNode();
    private List<Slice> slices;
    private List<SourceRecord> records;
    private List<JsonNode> trees;

    /**
     * Where an evaluation stands on its page.
     *
     * @param evaluation null where it is no object
     */
    record Slice(Evaluation evaluation, int from, int to) {}

    private EvaluationsPage(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @return a page, or all of it as a tree where it is none
     * @throws IOException if it is no JSON
     */
    static Object read(byte[] bytes, EvaluationReader reader) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            // In other encodings than UTF-8 it is not known where in the bytes an evaluation stands.
            boolean isStream = parser.nextToken() == JsonToken.START_OBJECT
                    && parser.currentLocation().getByteOffset() > 0;
            EvaluationsPage page = new EvaluationsPage(bytes);
            return isStream && page.read(parser, reader) ? page : tree(bytes);
        }
    }

    static JsonNode tree(byte[] bytes) throws IOException {
        return JSON.readerFor(JsonNode.class).readValue(bytes);
    }

    /** @return whether there is a list of evaluations */
    private boolean read(JsonParser parser, EvaluationReader reader) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("evaluations")) {
                rest.set(name, parser.<JsonNode>readValueAsTree());
            } else if (value == JsonToken.START_ARRAY) {
                slices = slices(parser, reader);
            } else {
                slices = null;
                parser.skipChildren();
            }
        }
        return slices != null;
    }

    private static List<Slice> slices(JsonParser parser, EvaluationReader reader) throws IOException {
        List<Slice> slices = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            Evaluation evaluation = isObject ? reader.read(parser) : null;
            if (!isObject) {
                parser.skipChildren();
                parser.finishToken();
            }
            slices.add(
                    new Slice(evaluation, from, (int) parser.currentLocation().getByteOffset()));
        }
        return slices;
    }

    /** What the page says besides. */
    JsonNode rest() {
        return rest;
    }

    void normalise(EvaluationNormaliser normaliser) {
        records = slices.stream()
                .map(slice -> normaliser.finding(slice.evaluation(), () -> tree(slice)))
                .toList();
        slices = slices.stream()
                .map(slice -> new Slice(null, slice.from(), slice.to()))
                .toList();
    }

    /** What was read of it; null where somebody may have changed an evaluation since. */
    List<SourceRecord> records() {
        return trees == null ? records : null;
    }

    private List<JsonNode> trees() {
        if (trees == null) {
            trees = new ArrayList<>();
            slices.forEach(slice -> trees.add(tree(slice)));
        }
        return trees;
    }

    private JsonNode tree(Slice slice) {
        try {
            return JSON.readTree(bytes, slice.from(), slice.to() - slice.from());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public JsonNode get(int index) {
        return trees().get(index);
    }

    @Override
    public JsonNode set(int index, JsonNode evaluation) {
        return trees().set(index, evaluation);
    }

    @Override
    public void add(int index, JsonNode evaluation) {
        trees().add(index, evaluation);
    }

    @Override
    public JsonNode remove(int index) {
        return trees().remove(index);
    }

    @Override
    public int size() {
        return slices == null ? 0 : trees == null ? slices.size() : trees.size();
    }
}
