package io.ticketbridge.check;

import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.fault.Checked;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an API can be read as its mapping says: the way there, the credential, and the first page. Reads only. */
public final class ApiChecks {
    /** What is asked, and what an answer means. */
    public interface Question {
        /** Empty where no token is needed. */
        Optional<HttpRequest.Builder> tokenRequest();

        /** @throws RuntimeException if the answer holds none */
        String token(String answer);

        HttpRequest.Builder firstPage(String token);

        /** @throws RuntimeException if the page does not fit the mapping */
        String holds(String answer);

        String refusal(int status, String body, boolean ofToken);

        /** Why the mapping can't prove what it says it does. */
        Optional<String> doubt();
    }

    private final Clock clock;

    public ApiChecks(Clock clock) {
        this.clock = clock;
    }

    public List<Checked> of(ApiSettings api, String flow, Question question) {
        String system = "api" + (api.name().equals("default") ? "" : "." + api.name());
        List<Checked> found = new ArrayList<>();
        found.add(Checked.ok("mappings", flow, "the mapping fits its rules"));
        question.doubt().map(doubt -> doubt(flow, doubt)).ifPresent(found::add);
        Reach reach = new Reach(api.network(), clock);
        String token = "";
        if (question.tokenRequest().isPresent()) {
            Optional<HttpResponse<String>> answer = reach.get(
                    system + " token",
                    api.key("token-url"),
                    question.tokenRequest().get(),
                    found);
            if (answer.isEmpty() || !isGood(answer.get(), system, question, true, found)) {
                return found;
            }
            try {
                token = question.token(answer.get().body());
                found.add(Checked.ok(system, "token", "the client gets one"));
            } catch (RuntimeException e) {
                found.add(Checked.problem(system, "token", e.getMessage(), ""));
                return found;
            }
        }
        reach.get(system, api.key("url"), question.firstPage(token), found)
                .filter(answer -> isGood(answer, system, question, false, found))
                .ifPresent(answer -> {
                    try {
                        found.add(Checked.ok(system, flow, question.holds(answer.body())));
                    } catch (RuntimeException e) {
                        found.add(Checked.problem(system, flow, e.getMessage(), ""));
                    }
                });
        return found;
    }

    public static Checked doubt(String name, String doubt) {
        return Checked.warning(
                "mappings",
                name,
                doubt,
                "use a next link or cursor of the API, a size that holds all in one page, or say complete: false");
    }

    private static boolean isGood(
            HttpResponse<String> answer, String system, Question question, boolean ofToken, List<Checked> found) {
        if (answer.statusCode() == 200) {
            return true;
        }
        String[] said =
                question.refusal(answer.statusCode(), answer.body(), ofToken).split("; ", 2);
        found.add(Checked.problem(system, ofToken ? "token" : "credential", said[0], said[1]));
        return false;
    }
}
