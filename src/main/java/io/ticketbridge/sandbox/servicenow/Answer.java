package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back: status, headers of its own, and a body (null for none). */
record Answer(int status, Map<String, String> headers, String contentType, byte[] body) {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String JSON_TYPE = "application/json;charset=UTF-8";

    static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of(), JSON_TYPE, body);
    }

    static Answer json(int status, Object tree) {
        return json(status, JSON.valueToTree(tree).toString().getBytes(StandardCharsets.UTF_8));
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), null, null);
    }

    static Answer html(int status, String title) {
        String page = "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title
                + "</h1></body></html>";
        return new Answer(status, Map.of(), "text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
    }

    static Answer error(int status, String message, String detail) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("message", message).put("detail", detail);
        root.put("status", "failure");
        Answer answer = json(status, root);
        return status == 401
                ? answer.with("WWW-Authenticate", "BASIC realm=\"Service-now\"").with("Connection", "close")
                : answer;
    }

    static Answer of(Refusal refusal) {
        return error(refusal.status, refusal.getMessage(), refusal.detail);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, contentType, body);
    }
}
