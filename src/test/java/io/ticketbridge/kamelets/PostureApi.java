package io.ticketbridge.kamelets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of Cloud Posture as tells what a reader asks for: two items a page, links without dates to the vendor's host. */
final class PostureApi implements AutoCloseable {
    static final String TOKEN = "v1-t0ken";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 2;

    private final Map<String, List<JsonNode>> checks = new LinkedHashMap<>();
    private final List<ObjectNode> accounts = new ArrayList<>();
    private final SimulatorServer server = SimulatorServer.start("cloud-posture", 0, Clock.systemUTC(), this::answer);

    final List<Request> requests = new CopyOnWriteArrayList<>();

    PostureApi account(String id, String name, String number, String... itsChecks) {
        accounts.add(JSON.createObjectNode().put("id", id).put("name", name).put("awsAccountId", number));
        List<JsonNode> list = new ArrayList<>();
        for (String check : itsChecks) {
            try {
                list.add(JSON.readTree(check));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        checks.put(id, list);
        return this;
    }

    String url() {
        return server.url();
    }

    private Answer answer(Request request) {
        requests.add(request);
        if (!request.header("Authorization").orElse("").equals("Bearer " + TOKEN)) {
            return Answer.text(
                    401, "application/json", "{\"error\":{\"code\":\"InvalidCredentials\",\"message\":\"Bad key\"}}");
        }
        if (request.path().equals("/beta/cloudPosture/accounts")) {
            return page(request, accounts);
        }
        String filter = request.header("TMV1-Filter").orElse("");
        return page(
                request,
                checks.entrySet().stream()
                        .filter(account -> filter.startsWith("accountId eq '" + account.getKey() + "'"))
                        .findFirst()
                        .orElseThrow()
                        .getValue());
    }

    private static Answer page(Request request, List<? extends JsonNode> all) {
        int from = request.query("skipToken")
                .map(token -> token.replace("offset ", ""))
                .map(Integer::parseInt)
                .orElse(0);
        int to = Math.min(from + PAGE, all.size());
        ObjectNode page = JSON.createObjectNode().put("count", to - from);
        ArrayNode items = page.putArray("items");
        all.subList(from, to).forEach(items::add);
        if (to < all.size()) {
            page.put(
                    "nextLink",
                    "https://api.xdr.trendmicro.com" + request.path() + "?top=200&skipToken=offset " + to + "&more=1");
        }
        return Answer.json(200, page);
    }

    @Override
    public void close() {
        server.close();
    }
}
