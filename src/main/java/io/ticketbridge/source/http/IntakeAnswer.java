package io.ticketbridge.source.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ticketbridge.ledger.intake.Intakes.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** One answer in JSON; a refusal as a problem (RFC 9457). */
record IntakeAnswer(int status, String type, Map<String, String> headers, Map<String, Object> body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static IntakeAnswer of(int status, Map<String, Object> body) {
        return new IntakeAnswer(status, "application/json", Map.of(), body);
    }

    static IntakeAnswer problem(int status, String detail, Map<String, String> headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
        body.put("status", status);
        body.put("detail", detail);
        return new IntakeAnswer(status, "application/problem+json", headers, body);
    }

    static IntakeAnswer of(Known intake) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", intake.id().toString());
        body.put("status", intake.state());
        body.put("complete", intake.complete());
        body.put("size", intake.size());
        body.put("receivedAt", intake.receivedAt().toString());
        if (intake.endedAt() != null) {
            body.put("endedAt", intake.endedAt().toString());
        }
        if (intake.error() != null) {
            body.put("error", intake.error());
        }
        if (intake.run() != null) {
            body.put("run", intake.run());
            body.put("read", intake.findings());
        }
        if (!intake.account().isEmpty()) {
            body.put("account", intake.account());
        }
        return of(200, body);
    }

    IntakeAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new IntakeAnswer(status, type, more, body);
    }

    /** Nothing of the request is left on the message: it would be sent back. */
    void writeTo(Message message) {
        message.removeHeaders("*");
        headers.forEach(message::setHeader);
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        try {
            message.setBody(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
