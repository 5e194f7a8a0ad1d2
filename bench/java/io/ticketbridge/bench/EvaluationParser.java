package io.ticketbridge.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Parses a page of evaluations as a stream: no tree, and no text but those that are needed. */
final class EvaluationParser {
    /** @param next where the next page begins, empty if this is the last */
    record Page(List<Evaluation> evaluations, String next) {}

    private final JsonFactory json = new JsonFactory();
    private JsonParser parser;

    Page parse(byte[] bytes) throws IOException {
        List<Evaluation> evaluations = new ArrayList<>(100);
        String next = "";
        try (JsonParser opened = json.createParser(bytes)) {
            parser = opened;
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("next") && value == JsonToken.START_OBJECT) {
                    next = start();
                } else if (name.equals("evaluations")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        evaluations.add(evaluation());
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Page(evaluations, next);
    }

    private String start() throws IOException {
        String start = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("start")) {
                start = parser.getText();
            }
        }
        return start;
    }

    private Evaluation evaluation() throws IOException {
        Fields fields = new Fields();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "component_id" -> fields.component = parser.getText();
                case "component_name" -> fields.componentName = parser.getText();
                case "status" -> fields.status = parser.getText();
                case "reason" -> fields.message.append(parser.getText());
                case "assessment" -> assessment(fields);
                case "target" -> target(fields);
                case "details" -> details(fields);
                default -> parser.skipChildren();
            }
        }
        return fields.evaluation();
    }

    private void assessment(Fields fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "assessment_id" -> fields.check = parser.getText();
                case "assessment_description" -> fields.title = parser.getText();
                default -> parser.skipChildren();
            }
        }
    }

    private void target(Fields fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "account_id" -> fields.account = parser.getText();
                case "service_name" -> fields.service = parser.getText();
                case "service_display_name" -> fields.serviceName = parser.getText();
                case "resource_crn" -> fields.resource = parser.getText();
                case "resource_name" -> fields.resourceName = parser.getText();
                default -> parser.skipChildren();
            }
        }
    }

    private void details(Fields fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("properties") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    property(fields.message);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private void property(StringBuilder message) throws IOException {
        String property = "";
        String operator = "";
        String expected = "";
        String found = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "property" -> property = parser.getText();
                case "operator" -> operator = parser.getText();
                case "expected_value" -> expected = scalar();
                case "found_value" -> found = scalar();
                default -> parser.skipChildren();
            }
        }
        message.append(message.isEmpty() ? "" : "; ")
                .append(property)
                .append(' ')
                .append(operator)
                .append(' ')
                .append(expected)
                .append(", found ")
                .append(found);
    }

    private String scalar() throws IOException {
        if (parser.currentToken().isScalarValue()) {
            return parser.getText();
        }
        parser.skipChildren();
        return "...";
    }

    private static final class Fields {
        private String component = "";
        private String componentName = "";
        private String check = "";
        private String title = "";
        private String account = "";
        private String service = "";
        private String serviceName = "";
        private String resource = "";
        private String resourceName = "";
        private String status = "";
        private final StringBuilder message = new StringBuilder(160);

        private Evaluation evaluation() {
            return new Evaluation(
                    component,
                    componentName,
                    check,
                    title,
                    account,
                    service,
                    serviceName,
                    resource,
                    resourceName,
                    status,
                    message.toString());
        }
    }
}
