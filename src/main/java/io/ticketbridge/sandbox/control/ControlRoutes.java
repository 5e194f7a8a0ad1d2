package io.ticketbridge.sandbox.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Handler;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers the page, its style sheet, what it shows as JSON below {@code /api/}, and what it does below {@code /do/}. */
final class ControlRoutes implements Handler {
    private static final String DO = "/do/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Guard guard = new Guard();
    private final Diary diary;
    private final Page page;
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final Map<String, Supplier<Object>> views = new LinkedHashMap<>();

    ControlRoutes(Sandbox sandbox) {
        diary = new Diary(sandbox.clock());
        TicketDesk tickets = new TicketDesk(sandbox.serviceNow());
        CaseDesk cases = new CaseDesk(sandbox.visionOne());
        AlertDesk alerts = new AlertDesk(sandbox.visionOne());
        CloudDesk cloud = new CloudDesk(sandbox);
        SccDesk scc = new SccDesk(sandbox.scc());
        WorkloadDesk workloads = new WorkloadDesk(sandbox.workloadProtection(), sandbox.clock());
        PostureDesk posture = new PostureDesk(sandbox.visionOne().cloudPosture());
        FaultDesk faults = new FaultDesk(sandbox);
        actions.putAll(tickets.actions());
        actions.putAll(cases.actions());
        actions.putAll(alerts.actions());
        actions.putAll(cloud.actions());
        actions.putAll(scc.actions());
        actions.putAll(workloads.actions());
        actions.putAll(posture.actions());
        actions.putAll(faults.actions());
        views.put("tickets", tickets::all);
        views.put("cases", cases::all);
        views.put("alerts", alerts::all);
        views.put("findings", cloud::failing);
        views.put("scc", scc::failing);
        views.put("workloads", workloads::failing);
        views.put("posture", posture::all);
        views.put("faults", faults::switches);
        views.put("diary", diary::entries);
        views.put("actions", actions::keySet);
        views.put("token", () -> Map.of("header", Guard.HEADER, "token", guard.token()));
        page = new Page(
                sandbox,
                new Forms(guard.token()),
                diary,
                tickets,
                cases,
                alerts,
                cloud,
                scc,
                workloads,
                posture,
                faults);
    }

    @Override
    public Answer handle(Request request) throws IOException {
        Answer answer = guard.refusal(request).map(ControlRoutes::forbidden).orElse(null);
        if (answer == null) {
            answer = switch (request.method()) {
                case "GET" -> show(request);
                case "POST" -> act(request);
                default -> plain(405, "Only GET and POST are answered here").with("Allow", "GET, POST");
            };
        }
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private Answer show(Request request) throws IOException {
        String path = request.path();
        if (path.equals("/")) {
            return Answer.text(
                    200,
                    "text/html; charset=utf-8",
                    page.html(request.query("open").orElse("")));
        }
        if (path.equals("/control.css")) {
            try (InputStream css = ControlRoutes.class.getResourceAsStream("control.css")) {
                return Answer.bytes(200, "text/css; charset=utf-8", css.readAllBytes());
            }
        }
        String name = path.startsWith("/api/") ? path.substring("/api/".length()) : "";
        if (path.equals("/api/") || path.equals("/api")) {
            return json(200, Map.of("views", views.keySet()));
        }
        return views.containsKey(name) ? json(200, views.get(name).get()) : plain(404, "There is nothing here");
    }

    private Answer act(Request request) throws IOException {
        Action action =
                request.path().startsWith(DO) ? actions.get(request.path().substring(DO.length())) : null;
        if (action == null) {
            return plain(404, "There is no such action; GET /api/actions lists them");
        }
        boolean program = request.header("Accept").orElse("").startsWith("application/json");
        Form form = new Form(request.form());
        try {
            String said = action.apply(form);
            diary.add(said, false);
            return program ? json(200, Map.of("done", said)) : back(form);
        } catch (IllegalArgumentException | IllegalStateException e) {
            diary.add(e.getMessage(), true);
            return program ? json(400, Map.of("error", e.getMessage())) : back(form);
        }
    }

    /** After a POST to the place on the page where the form was, so that a reload repeats nothing. */
    private static Answer back(Form form) {
        String place = URLEncoder.encode(form.optional("back"), StandardCharsets.UTF_8);
        return Answer.empty(303).with("Location", place.isEmpty() ? "/" : "/?open=" + place + "#" + place);
    }

    private static Answer forbidden(String why) {
        return plain(403, why);
    }

    private static Answer plain(int status, String text) {
        return Answer.text(status, "text/plain; charset=utf-8", text + "\n");
    }

    private static Answer json(int status, Object value) {
        return Answer.json(status, JSON.valueToTree(value));
    }
}
