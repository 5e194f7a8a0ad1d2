package io.ticketbridge.console;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** One answer, always with the headers that keep a page to itself (P39). */
record Response(int status, Map<String, String> headers, String body) {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " frame-ancestors 'none'; base-uri 'none'";

    static Response page(int status, String html) {
        return new Response(status, Map.of(Exchange.CONTENT_TYPE, "text/html; charset=utf-8"), html);
    }

    static Response file(String type, String text) {
        return new Response(200, Map.of(Exchange.CONTENT_TYPE, type), text);
    }

    /** After something was done: the browser asks for a page, so that a reload does not do it again. */
    static Response seeOther(String path) {
        return new Response(303, Map.of("Location", path, Exchange.CONTENT_TYPE, "text/plain; charset=utf-8"), "");
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body);
    }

    /** Nothing of the request is left on the message: it would be sent back. */
    void writeTo(Message message) {
        message.removeHeaders("*");
        headers.forEach(message::setHeader);
        message.setHeader("Content-Security-Policy", POLICY);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("X-Frame-Options", "DENY");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        message.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(body.getBytes(StandardCharsets.UTF_8));
    }
}
