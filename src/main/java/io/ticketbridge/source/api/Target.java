package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where the place in the list stands in a request.
 *
 * @param parameter of the query, or null
 * @param pointer into the body, or null
 */
record Target(String parameter, JsonPointer pointer) {
    /** The request with the value in its place. */
    ApiCall put(ApiCall call, JsonNode value) {
        if (parameter != null) {
            return call.with(parameter, value.asText());
        }
        ObjectNode body = call.body() == null
                ? JsonNodeFactory.instance.objectNode()
                : call.body().deepCopy();
        JsonPointer above = pointer.head();
        (above.matches() ? body : body.withObject(above)).set(pointer.last().getMatchingProperty(), value);
        return call.withBody(body);
    }

    @Override
    public String toString() {
        return parameter == null ? "body " + pointer : "query " + parameter;
    }
}
