package io.ticketbridge.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;

/** The limit: fetches the pages and looks at every value of them, and does nothing else. No database. */
final class Limit implements Contender {
    private final JsonFactory json = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private SourceClient client;
    private long evaluations;

    @Override
    public void prepare(URI source) {
        client = new SourceClient(source);
    }

    @Override
    public Tally pass(URI source) throws Exception {
        evaluations = 0;
        client.token();
        String report = mapper.readTree(client.latest()).at("/reports/0/id").asText();
        read(client.controls(report));
        String start = "";
        do {
            start = read(client.evaluations(report, start));
        } while (!start.isEmpty());
        return new Tally(evaluations, 0, 0);
    }

    /** @return where the next page begins, empty if this was the last */
    private String read(byte[] bytes) throws IOException {
        String start = "";
        try (JsonParser parser = json.createParser(bytes)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    // Only who asks for its length makes the parser decode a text instead of skipping it.
                    case VALUE_STRING -> parser.getTextLength();
                    case VALUE_NUMBER_INT -> parser.getLongValue();
                    case FIELD_NAME -> {
                        if (parser.currentName().equals("evaluate_time")) {
                            evaluations++;
                        } else if (parser.currentName().equals("start")) {
                            start = parser.nextTextValue();
                        }
                    }
                    default -> {}
                }
            }
        }
        return start;
    }

    @Override
    public void close() {}
}
