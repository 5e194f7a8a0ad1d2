package io.ticketbridge.console;

import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.run.Breakers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests with pages (P32): for flows, tickets, what is held and what is dead. Safe for threads. */
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final Gate gate;
    private final Templates templates = new Templates();
    private final Messages messages;
    private final ConsolePages pages;
    private final Actions actions;
    private final PlanDesk planning;
    private final boolean shared;
    private final UnaryOperator<String> masked;

    /** @param masked takes secrets out of a text before it is shown (P37) */
    public Console(Settings settings, Desk desk, LedgerDatabase database, UnaryOperator<String> masked, Clock clock) {
        this.masked = masked;
        DeadLetters letters = new DeadLetters(database, clock);
        Replaying replaying = new Replaying(desk, letters.open(), masked, clock);
        planning = new PlanDesk(desk, masked, clock);
        Seal seal = new Seal(settings.http());
        gate = new Gate(settings.http(), seal, clock);
        messages = new Messages(seal);
        shared = database.isShared();
        pages = new ConsolePages(settings, desk, database, replaying, planning, masked, clock);
        actions = new Actions(new Breakers(database, clock), letters, replaying);
    }

    /** Takes the request from the exchange and leaves the answer there. */
    public void answer(Exchange exchange) {
        Request request = Request.of(exchange.getMessage(HttpMessage.class).getRequest());
        try {
            gate.check(request);
            respond(request).writeTo(exchange.getMessage());
        } catch (PageRefusal refusal) {
            Response response = refused(refusal.status(), refusal.getMessage());
            for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
                response = response.with(header.getKey(), header.getValue());
            }
            response.writeTo(exchange.getMessage());
        }
    }

    /** The page could not be made: says so without a word of the cause, which is in the log. */
    public void sayFailed(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.error("A page of the console can't be made. cause=\"{}\"", masked.apply(Causes.sentence(cause)));
        Response.page(
                        500,
                        templates.fill(
                                "plain",
                                Map.of(
                                        "title",
                                        "Something failed",
                                        "text",
                                        "This page can't be made right now. The log says why. Flows and deliveries go on.")))
                .writeTo(exchange.getMessage());
    }

    private Response respond(Request request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> get(request);
            case "POST" -> post(request);
            default ->
                throw new PageRefusal(405, "Only GET and POST are known here.", Map.of("Allow", "GET, HEAD, POST"));
        };
    }

    private Response get(Request request) {
        List<String> path = request.path();
        return switch (path.isEmpty() ? "" : path.get(0)) {
            case "console.css" -> only(path, 1, Response.file("text/css; charset=utf-8", resource("console.css")));
            case "icon.svg" -> only(path, 1, Response.file("image/svg+xml", resource("icon.svg")));
            default -> shown(page(request, path), request);
        };
    }

    private Page page(Request request, List<String> path) {
        String after = request.asked("after");
        String named = path.size() == 2 ? path.get(1) : "";
        return switch (path.isEmpty() ? "" : path.get(0) + (path.size() == 2 ? "/*" : path.size() > 2 ? "/*/" : "")) {
            case "" -> pages.flows();
            case "flows/*" -> pages.flow(named, after);
            case "tickets" -> pages.tickets(request.asked("q"), request.asked("flow"), request.asked("state"), after);
            case "tickets/*" -> pages.story(named, after);
            case "held" -> pages.held(after);
            case "plan" -> pages.plan();
            case "dead-letters" -> pages.deadLetters(request.asked("class"), after);
            case "dead-letters/*" -> pages.deadLetter(named);
            default -> throw PageRefusal.unknown();
        };
    }

    private Response post(Request request) {
        return switch (request.rawPath()) {
            case "/plan/make" -> done("/plan", planning.begin());
            case "/held/release" -> done("/held", actions.release(request));
            case "/dead-letters/replay" -> done("/dead-letters", actions.replay(request));
            case "/dead-letters/discard" -> done("/dead-letters", actions.discard(request));
            default -> throw PageRefusal.unknown();
        };
    }

    private Response done(String path, String message) {
        return Response.seeOther(path + "?said=" + messages.sealed(message));
    }

    private Response shown(Page page, Request request) {
        Map<String, Object> model = new HashMap<>(page.model());
        model.put("title", page.title());
        model.put("section", page.section());
        model.put("token", gate.token());
        model.put("message", messages.read(request.asked("said")));
        model.put("shared", shared);
        return Response.page(200, templates.fill(page.template(), model));
    }

    private Response refused(int status, String text) {
        String title = status == 404 ? "Not found" : status == 401 ? "Sign in" : "This can't be done";
        return Response.page(status, templates.fill("plain", Map.of("title", title, "text", text)));
    }

    private static Response only(List<String> path, int parts, Response response) {
        if (path.size() != parts) {
            throw PageRefusal.unknown();
        }
        return response;
    }

    private static String resource(String name) {
        try (InputStream in = Console.class.getResourceAsStream("/console/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
