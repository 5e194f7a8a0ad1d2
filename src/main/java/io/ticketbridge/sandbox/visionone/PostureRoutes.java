package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;

/** The cloud accounts and checks of the beta API. */
final class PostureRoutes {
    static final String BASE = "/beta/cloudPosture";
    private static final String ACCOUNTS = BASE + "/accounts";
    private static final String CHECKS = BASE + "/checks";

    private final PostureStore store;
    private final PosturePages pages;

    PostureRoutes(Options options, PostureStore store) {
        this.store = store;
        this.pages = new PosturePages(options.clock(), options.nextLinks());
    }

    /** Answers what is below {@link #BASE}, as one step. A check's id may hold slashes: it is whatever follows. */
    Answer handle(Request request) throws IOException {
        synchronized (store) {
            String path = request.path();
            if (path.equals(ACCOUNTS) && isGet(request)) {
                return Answer.json(200, pages.accounts(request, store.accounts(), ACCOUNTS));
            }
            if (path.equals(CHECKS) && isGet(request)) {
                return Answer.json(200, pages.checks(request, store, CHECKS));
            }
            if (path.startsWith(ACCOUNTS + "/") && isGet(request)) {
                return one(store.accounts(), path.substring(ACCOUNTS.length() + 1));
            }
            return path.startsWith(CHECKS + "/")
                    ? check(request, path.substring(CHECKS.length() + 1))
                    : ApiErrors.noSuchPath();
        }
    }

    private static Answer one(Collection<ObjectNode> accounts, String id) {
        return accounts.stream()
                .filter(account -> account.get("id").asText().equals(id))
                .findFirst()
                .map(account -> Answer.json(200, account))
                .orElseGet(PostureErrors::notFound);
    }

    private Answer check(Request request, String id) throws IOException {
        Optional<ObjectNode> check = store.check(id);
        if (check.isEmpty()) {
            return PostureErrors.notFound();
        }
        return switch (request.method()) {
            case "GET" -> Answer.json(200, check.get());
            case "PATCH" -> suppress(id, check.get(), Bodies.object(request));
            default -> ApiErrors.noSuchPath();
        };
    }

    private Answer suppress(String id, ObjectNode check, ObjectNode body) {
        if (!body.path("suppressed").isBoolean()) {
            throw new BadRequest("InvalidParameter", "The body needs suppressed, true or false.");
        }
        if (check.path("notScored").asBoolean()) {
            throw new BadRequest("NotSupported", "A check that is not scored cannot be suppressed.");
        }
        store.suppress(
                id,
                body.get("suppressed").asBoolean(),
                body.path("note").asText(null),
                time(body.path("suppressedUntilDateTime")));
        return Answer.empty(204);
    }

    private static String time(JsonNode value) {
        try {
            return value.isTextual()
                    ? Instant.from(OffsetDateTime.parse(value.asText())).toString()
                    : null;
        } catch (DateTimeException e) {
            throw new BadRequest("InvalidParameter", "suppressedUntilDateTime is not an ISO 8601 time.");
        }
    }

    private static boolean isGet(Request request) {
        return request.method().equals("GET");
    }
}
