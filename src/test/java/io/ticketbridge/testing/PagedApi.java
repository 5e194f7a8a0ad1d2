package io.ticketbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A real HTTP server with one list, two records a page, paged in every way: {@code /v1/offset}, {@code /v1/pages}, {@code /v1/links},
 * {@code /v1/cursor}. Below {@code /v1/AUTH/} a credential of that kind is wanted; below {@code /v1/loop/} the list never ends.
 */
public final class PagedApi implements AutoCloseable {
    public static final String SECRET = "hush-hush-hush";
    public static final String MAPPING =
            """
            request: {path: /%s}
            paging: {%s}
            records: /items
            complete: %s
            finding:
              account: "111122223333"
              check: /rule
              resources: {uid: /thing}
              result: {from: /state, fail: BAD, pass: GOOD}
              severity: /level
              title: /rule
            """;
    private static final int PAGE = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> records = new ArrayList<>();
    private final Map<String, Function<Request, JsonNode>> documents = new TreeMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final SimulatorServer server;
    private volatile String secret = SECRET;

    private PagedApi() {
        server = SimulatorServer.start("paged-api", 0, Clock.systemUTC(), this::answer);
    }

    public static PagedApi open() {
        return new PagedApi();
    }

    public String url() {
        return server.url() + "/v1";
    }

    public PagedApi lists(String rule, String thing, String state) {
        records.add(JsonNodeFactory.instance
                .objectNode()
                .put("rule", rule)
                .put("thing", thing)
                .put("state", state)
                .put("level", "high"));
        return this;
    }

    public PagedApi lists(String json) {
        records.add(json(json));
        return this;
    }

    public PagedApi empty() {
        records.clear();
        return this;
    }

    /** What a path answers with, in place of a page of the list. */
    public PagedApi answers(String path, Function<Request, JsonNode> document) {
        documents.put(path.startsWith("/api/") ? path : "/v1" + path, document);
        return this;
    }

    /** A mapping of the list. */
    public static String mapping(String path, String paging, String complete) {
        return MAPPING.formatted(path, paging, complete);
    }

    /** The credential before is refused from now on, and so are the tokens that were given for it. */
    public void changeSecret(String other) {
        secret = other;
        revokeTokens();
    }

    /** All tokens that were given are refused from now on. */
    public void revokeTokens() {
        tokens.incrementAndGet();
    }

    public List<RecordedRequest> requests() {
        return server.requests().all();
    }

    public long requests(String path) {
        return requests().stream()
                .filter(request -> request.path().equals("/v1/" + path))
                .count();
    }

    public SimulatorServer server() {
        return server;
    }

    private Answer answer(Request request) {
        String path = request.path();
        if (path.equals("/v1/token")) {
            return token(request);
        }
        if (documents.containsKey(path)) {
            return Answer.json(200, documents.get(path).apply(request));
        }
        if (path.equals("/v1/html")) {
            return Answer.text(200, "text/html", "<html>Sign in</html>");
        }
        String kind = path.substring("/v1/".length());
        String auth = kind.contains("/") ? kind.substring(0, kind.indexOf('/')) : "";
        if (!admitted(auth, request)) {
            return Answer.json(401, JsonNodeFactory.instance.objectNode().put("message", "who are you?"));
        }
        return page(kind.substring(kind.indexOf('/') + 1), auth.equals("loop"), request);
    }

    private boolean admitted(String auth, Request request) {
        String header = request.header("Authorization").orElse("");
        return switch (auth) {
            case "bearer" -> header.equals("Bearer " + secret);
            case "basic" ->
                header.equals("Basic "
                        + Base64.getEncoder().encodeToString(("beth:" + secret).getBytes(StandardCharsets.UTF_8)));
            case "api-key" -> request.header("X-Own-Key").orElse("").equals(secret);
            case "parameter" -> request.query("key").orElse("").equals(secret);
            case "oauth" -> header.equals("Bearer token-" + tokens.get());
            default -> true;
        };
    }

    private Answer token(Request request) {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString(("client:" + secret).getBytes(StandardCharsets.UTF_8));
        boolean known = request.header("Authorization").orElse("").equals(basic)
                || secret.equals(request.form().get("client_secret"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return known && "client_credentials".equals(request.form().get("grant_type"))
                ? Answer.json(
                        200, answer.put("access_token", "token-" + tokens.get()).put("expires_in", 3600))
                : Answer.json(401, answer.put("error", "invalid_client"));
    }

    private Answer page(String kind, boolean endless, Request request) {
        int from =
                switch (kind) {
                    case "offset" -> number(request, "offset", 0);
                    case "pages" -> (number(request, "page", 1) - 1) * PAGE;
                    case "links" -> number(request, "after", 0);
                    case "cursor" ->
                        request.body().length == 0
                                ? 0
                                : json(request.text()).path("NextToken").asInt(0);
                    default -> -1;
                };
        if (from < 0) {
            return Answer.json(404, JsonNodeFactory.instance.objectNode().put("message", "no such list"));
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        int begin = endless ? 0 : from;
        records.stream().skip(begin).limit(PAGE).forEach(items::add);
        page.put("total", records.size());
        int next = begin + PAGE;
        if (kind.equals("links") && next < records.size()) {
            page.put("next", "https://elsewhere.example/v1/" + (endless ? "loop/" : "") + "links?after=" + next);
        }
        if (kind.equals("cursor") && next < records.size()) {
            page.put("NextToken", String.valueOf(next));
        }
        return Answer.json(200, page);
    }

    private static int number(Request request, String name, int usual) {
        return request.query(name).map(Integer::parseInt).orElse(usual);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        assertThat(server.faults().unused())
                .as("faults that no request has met")
                .isEmpty();
    }
}
