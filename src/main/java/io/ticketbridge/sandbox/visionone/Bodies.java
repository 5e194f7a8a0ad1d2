package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;

/** Reads the bodies of writes, and says where what they made is. */
final class Bodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Bodies() {}

    /** @throws BadRequest when it is no JSON object */
    static ObjectNode object(Request request) throws IOException {
        if (read(request) instanceof ObjectNode object) {
            return object;
        }
        throw new BadRequest("InvalidJson", "The body must be a JSON object.");
    }

    /** @throws BadRequest when it is no JSON array */
    static ArrayNode array(Request request) throws IOException {
        if (read(request) instanceof ArrayNode array) {
            return array;
        }
        throw new BadRequest("InvalidJson", "The body must be a JSON array.");
    }

    /** 201 with the address of what was made, and no body. */
    static Answer created(String path) {
        return Answer.empty(201).with("Location", ListPages.VENDOR_HOST + path);
    }

    private static JsonNode read(Request request) throws IOException {
        try {
            return JSON.readTree(request.body());
        } catch (JacksonException e) {
            throw new BadRequest("InvalidJson", "The body is not JSON.");
        }
    }
}
