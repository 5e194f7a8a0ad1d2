package io.ticketbridge.check;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.fault.Checked;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether Cloud Posture can be read (vision-one.md, section 5). Reads only. */
public final class CloudPostureChecks {
    private static final Pattern NO_ITEMS = Pattern.compile("\"items\"\\s*:\\s*(\\[\\s*]|null)");

    private final Clock clock;

    public CloudPostureChecks(Clock clock) {
        this.clock = clock;
    }

    /** The accounts and the checks: a role may see the one and not the other. */
    public List<Checked> of(VisionOneSettings tenant, FlowSettings flow) {
        String system = "vision-one" + SourceChecks.suffix(tenant.name());
        String property = "ticketbridge.flow." + flow.name() + ".source-filter";
        List<Checked> found = new ArrayList<>();
        body(tenant, "/accounts?top=200", "", property, found).ifPresent(accounts -> {
            found.add(Checked.ok(system, "cloud posture", "its accounts may be read"));
            if (NO_ITEMS.matcher(accounts).find()) {
                found.add(Checked.warning(
                        system,
                        "accounts",
                        "the token's role sees no cloud account",
                        "let the role see the accounts that are to be read"));
            }
            // That it can be reached was said once.
            List<Checked> second = new ArrayList<>();
            String query = "/checks?top=50&startDateTime=1970-01-01T00%3A00%3A00Z&dateTimeTarget=createdDate";
            body(tenant, query, flow.sourceFilter(), property, second)
                    .ifPresent(checks -> found.add(Checked.ok(system, "cloud posture", "its checks may be read")));
            second.stream()
                    .filter(each -> each.verdict() == Checked.Verdict.PROBLEM)
                    .forEach(found::add);
        });
        return found;
    }

    /** The body of a good answer; what is wrong with another is added to the findings. */
    private Optional<String> body(
            VisionOneSettings tenant, String query, String filter, String property, List<Checked> found) {
        String system = "vision-one" + SourceChecks.suffix(tenant.name());
        String prefix = "ticketbridge." + system;
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(tenant.url() + tenant.cloudPosturePath() + query))
                .header("Authorization", "Bearer " + tenant.token().reveal());
        if (!filter.isEmpty()) {
            request.header("TMV1-Filter", filter);
        }
        Optional<HttpResponse<String>> answer =
                new Reach(tenant.network(), clock).get(system, prefix + ".url", request, found);
        answer.filter(each -> each.statusCode() != 200)
                .ifPresent(refusal -> found.add(
                        switch (refusal.statusCode()) {
                            case 400 ->
                                Checked.problem(
                                        system,
                                        "source-filter",
                                        "Cloud Posture does not take the query",
                                        "check " + property + ": or only inside parentheses, and no and there");
                            case 401 -> SourceChecks.unknown(system, prefix);
                            case 403 ->
                                Checked.problem(
                                        system,
                                        "token",
                                        "the token's role may not read " + path(refusal),
                                        "give the API key's role the right to view Cloud Posture");
                            case 404 ->
                                Checked.problem(
                                        system,
                                        "cloud posture",
                                        "there is no " + path(refusal) + " at " + tenant.url(),
                                        "set " + prefix + ".cloud-posture-path to where Cloud Posture's API is now");
                            default -> SourceChecks.unexpected(system, prefix + ".url", refusal);
                        }));
        return answer.filter(each -> each.statusCode() == 200).map(HttpResponse::body);
    }

    private static String path(HttpResponse<String> answer) {
        return answer.uri().getPath();
    }
}
