package io.ticketbridge.kamelets;

import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** IAM, and as much of the posture API as tells what a reader asks for. Two items a page, whatever size is asked for. */
final class WorkloadProtectionApi implements AutoCloseable {
    static final String INSTANCE = "8c1f7d8e-5a0b-4a7e-9c55-3b8c1f0e6a11";
    static final String KEY = "iam-k3y";
    static final String TOKEN = "iam-t0ken";
    private static final int PAGE = 2;

    private final List<String> requirements = new ArrayList<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final SimulatorServer server =
            SimulatorServer.start("workload-protection", 0, Clock.systemUTC(), this::answer);

    final List<Request> requests = new CopyOnWriteArrayList<>();

    WorkloadProtectionApi requirement(String json) {
        requirements.add(json);
        return this;
    }

    /** @param filter what the list's address has as filter, decoded */
    WorkloadProtectionApi resources(String filter, String... json) {
        lists.put(filter, List.of(json));
        return this;
    }

    String url() {
        return server.url();
    }

    String iamUrl() {
        return server.url() + "/identity/token";
    }

    private Answer answer(Request request) {
        requests.add(request);
        if (request.path().equals("/identity/token")) {
            return request.form().getOrDefault("apikey", "").equals(KEY)
                    ? Answer.text(200, "application/json", "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600}")
                    : Answer.text(
                            400,
                            "application/json",
                            "{\"errorCode\":\"BXNIM0415E\",\"errorMessage\":\"Provided API key could not be found.\"}");
        }
        if (!request.header("Authorization").orElse("").equals("Bearer " + TOKEN)
                || !request.header("IBMInstanceID").orElse("").equals(INSTANCE)) {
            return Answer.text(401, "application/json", "{\"message\":\"who are you\"}");
        }
        if (request.path().equals("/api/cspm/v1/compliance/requirements")) {
            return page(request, requirements);
        }
        return request.path().equals("/api/cspm/v1/cloud/resources")
                ? page(request, lists.get(request.query("filter").orElseThrow()))
                : Answer.empty(404);
    }

    private static Answer page(Request request, List<String> all) {
        int from = Math.min((Integer.parseInt(request.query("pageNumber").orElseThrow()) - 1) * PAGE, all.size());
        int to = Math.min(from + PAGE, all.size());
        return Answer.text(
                200,
                "application/json",
                "{\"data\":[" + String.join(",", all.subList(from, to)) + "],\"totalCount\":\"" + all.size() + "\"}");
    }

    @Override
    public void close() {
        server.close();
    }
}
