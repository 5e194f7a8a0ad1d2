package io.ticketbridge.source.scc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;

/**
 * Reads one evaluation after the other as a stream, and only what a finding needs of it. Whatever has another type than it should
 * is read as a tree would read it: a text of a number, nothing of an object, the last of what is named twice. One thread uses it.
 */
final class EvaluationReader {
    private static final List<String> CONDITION = List.of("property", "operator", "expected_value");

    private final RepeatedTexts repeated = new RepeatedTexts();
    private JsonParser parser;
    private String component;
    private String componentName;
    private String check;
    private String title;
    private String account;
    private String crn;
    private String id;
    private String resourceName;
    private String service;
    private String serviceName;
    private String status;
    private String reason;
    private String time;
    private final StringBuilder properties = new StringBuilder();

    /** @param at an object begins there; afterwards it has ended */
    Evaluation read(JsonParser at) throws IOException {
        parser = at;
        component = "";
        componentName = "";
        status = "";
        reason = "";
        time = "";
        noAssessment();
        noTarget();
        properties.setLength(0);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "component_id" -> component = repeatedText();
                case "component_name" -> componentName = repeatedText();
                case "status" -> status = repeatedText();
                case "reason" -> reason = text();
                case "evaluate_time" -> time = text();
                case "assessment" -> assessment();
                case "target" -> target();
                case "details" -> details();
                default -> parser.skipChildren();
            }
        }
        return new Evaluation(
                component,
                componentName,
                check,
                title,
                account,
                crn,
                id,
                resourceName,
                service,
                serviceName,
                status,
                reason,
                properties.toString(),
                time);
    }

    private void noAssessment() {
        check = "";
        title = "";
    }

    private void assessment() throws IOException {
        noAssessment();
        if (isNoObject()) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "assessment_id" -> check = repeatedText();
                case "assessment_description" -> title = text();
                default -> parser.skipChildren();
            }
        }
    }

    private void noTarget() {
        account = "";
        crn = "";
        id = "";
        resourceName = "";
        service = "";
        serviceName = "";
    }

    private void target() throws IOException {
        noTarget();
        if (isNoObject()) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "account_id" -> account = repeatedText();
                case "resource_crn" -> crn = text();
                case "id" -> id = text();
                case "resource_name" -> resourceName = text();
                case "service_name" -> service = repeatedText();
                case "service_display_name" -> serviceName = repeatedText();
                default -> parser.skipChildren();
            }
        }
    }

    private void details() throws IOException {
        properties.setLength(0);
        if (isNoObject()) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("properties")) {
                parser.skipChildren();
                continue;
            }
            properties.setLength(0);
            if (value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    property();
                }
            } else {
                parser.<JsonNode>readValueAsTree().forEach(this::property);
            }
        }
    }

    private void property() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            property(parser.readValueAsTree());
            return;
        }
        String property = "";
        String operator = "";
        String expected = "";
        String found = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "property" -> property = value();
                case "operator" -> operator = value();
                case "expected_value" -> expected = value();
                case "found_value" -> found = value();
                default -> parser.skipChildren();
            }
        }
        property(property, operator, expected, found);
    }

    private void property(JsonNode property) {
        List<String> condition =
                CONDITION.stream().map(name -> value(property.path(name))).toList();
        property(condition.get(0), condition.get(1), condition.get(2), value(property.path("found_value")));
    }

    private void property(String property, String operator, String expected, String found) {
        StringJoiner condition = new StringJoiner(" ");
        for (String part : List.of(property, operator, expected)) {
            if (!part.isEmpty()) {
                condition.add(part);
            }
        }
        properties
                .append(properties.isEmpty() ? "" : "; ")
                .append(condition)
                .append(", found ")
                .append(found);
    }

    private boolean isNoObject() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return false;
        }
        parser.skipChildren();
        return true;
    }

    private String repeatedText() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? repeated.text(parser) : text();
    }

    private String text() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? parser.getText()
                : parser.<JsonNode>readValueAsTree().asText("");
    }

    /** Of an object or a list all of it. */
    private String value() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : value(parser.readValueAsTree());
    }

    private static String value(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
