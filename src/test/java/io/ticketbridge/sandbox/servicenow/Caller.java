package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls the simulator over HTTP as any client would. */
final class Caller {

    static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ServiceNowSimulator instance;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** An answer with its body as text and as JSON. */
    record Reply(int status, HttpResponse<byte[]> response) {

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + text(), e);
            }
        }

        JsonNode result() {
            return json().path("result");
        }

        String result(String field) {
            return result().path(field).asText();
        }

        String detail() {
            return json().path("error").path("detail").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Caller(ServiceNowSimulator instance) {
        this.instance = instance;
        Credentials credentials = instance.credentials();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        headers.put("Authorization", basic(credentials.user(), credentials.password()));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The same caller with another header; null leaves it out. */
    Caller with(String header, String value) {
        Caller other = new Caller(instance);
        other.headers.clear();
        other.headers.putAll(headers);
        if (value == null) {
            other.headers.remove(header);
        } else {
            other.headers.put(header, value);
        }
        return other;
    }

    Reply get(String path, String... parameters) {
        return send("GET", path + query(parameters), null);
    }

    Reply list(String table, String encodedQuery, String... parameters) {
        String more = query(parameters).replace('?', '&');
        return send("GET", "/api/now/table/" + table + query("sysparm_query", encodedQuery) + more, null);
    }

    Reply create(String table, Map<String, String> fields) {
        return send("POST", "/api/now/table/" + table, json(fields));
    }

    Reply update(String table, String sysId, Map<String, String> fields) {
        return send("PATCH", "/api/now/table/" + table + '/' + sysId, json(fields));
    }

    Reply form(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return with("Content-Type", "application/x-www-form-urlencoded").send("POST", path, body.getBytes());
    }

    Reply send(String method, String pathAndQuery, byte[] body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.url() + pathAndQuery))
                    .timeout(Duration.ofSeconds(20))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new BrokenConnection(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** No whole answer came. */
    static final class BrokenConnection extends RuntimeException {
        BrokenConnection(IOException cause) {
            super(cause);
        }
    }

    static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String query(String... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }
}
