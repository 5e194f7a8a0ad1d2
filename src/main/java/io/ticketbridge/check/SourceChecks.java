package io.ticketbridge.check;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.SccSettings;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.fault.Checked;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the sources can be read (vision-one.md, section 1; compliance.md, section 1). Reads only. */
public final class SourceChecks {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern NO_ITEMS = Pattern.compile("\"items\"\\s*:\\s*(\\[\\s*]|null)");

    private final Clock clock;

    public SourceChecks(Clock clock) {
        this.clock = clock;
    }

    /** @param writes whether cases or alerts are kept in step */
    public List<Checked> visionOne(VisionOneSettings tenant, String path, boolean writes) {
        String system = "vision-one" + suffix(tenant.name());
        String prefix = "ticketbridge." + system;
        List<Checked> found = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tenant.url() + path))
                .header("Authorization", "Bearer " + tenant.token().reveal());
        new Reach(tenant.network(), clock)
                .get(system, prefix + ".url", request, found)
                .ifPresent(answer -> {
                    switch (answer.statusCode()) {
                        case 200 ->
                            found.add(Checked.ok(
                                    system,
                                    "token",
                                    writes
                                            ? "it may read; whether it may also write is only seen by writing"
                                            : "it may read"));
                        case 401 -> found.add(unknown(system, prefix));
                        case 403 ->
                            found.add(Checked.problem(
                                    system,
                                    "token",
                                    "the token's role may not read this",
                                    "give the API key's role the rights that README.md names"));
                        default -> found.add(unexpected(system, prefix + ".url", answer));
                    }
                });
        return found;
    }

    /** The accounts and the checks: a role may see the one and not the other. */
    public List<Checked> cloudPosture(VisionOneSettings tenant, FlowSettings flow) {
        List<Checked> found = new ArrayList<>();
        posture(tenant, "/accounts?top=200", "", found).ifPresent(accounts -> {
            found.add(Checked.ok("vision-one" + suffix(tenant.name()), "cloud posture", "its accounts may be read"));
            if (NO_ITEMS.matcher(accounts).find()) {
                found.add(Checked.warning(
                        "vision-one" + suffix(tenant.name()),
                        "accounts",
                        "the token's role sees no cloud account",
                        "let the role see the accounts that are to be read"));
            }
            List<Checked> second = new ArrayList<>();
            String query = "/checks?top=50&startDateTime=1970-01-01T00%3A00%3A00Z&dateTimeTarget=createdDate";
            posture(tenant, query, flow.sourceFilter(), second)
                    .ifPresent(checks -> found.add(Checked.ok(
                            "vision-one" + suffix(tenant.name()), "cloud posture", "its checks may be read")));
            second.stream()
                    .filter(each -> each.verdict() == Checked.Verdict.PROBLEM)
                    .forEach(found::add);
        });
        return found;
    }

    /** The body of a good answer; what is wrong with another is added to the findings. */
    private Optional<String> posture(VisionOneSettings tenant, String query, String filter, List<Checked> found) {
        String system = "vision-one" + suffix(tenant.name());
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
                                        "check the flow's source-filter: or only inside parentheses, and no and there");
                            case 401 -> unknown(system, prefix);
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
                            default -> unexpected(system, prefix + ".url", refusal);
                        }));
        return answer.filter(each -> each.statusCode() == 200).map(HttpResponse::body);
    }

    private static String path(HttpResponse<String> answer) {
        return answer.uri().getPath();
    }

    private static Checked unknown(String system, String prefix) {
        return Checked.problem(
                system,
                "token",
                "the token is not known there, or has expired",
                "make a new API key in Vision One, set " + prefix + ".token to it, and check that " + prefix
                        + ".url is the tenant's region");
    }

    public List<Checked> scc(SccSettings instance) {
        String system = "scc" + suffix(instance.name());
        String prefix = "ticketbridge." + system;
        List<Checked> found = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.iamUrl())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(
                        "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&response_type=cloud_iam&apikey="
                                + URLEncoder.encode(instance.apiKey().reveal(), StandardCharsets.UTF_8)));
        Optional<HttpResponse<String>> token =
                new Reach(instance.network(), clock).get(system + " iam", prefix + ".iam-url", request, found);
        token.ifPresent(answer -> {
            Matcher match = TOKEN.matcher(answer.body());
            if (answer.statusCode() == 200 && match.find()) {
                found.add(Checked.ok(system, "api-key", "IAM gives a token for it"));
                found.addAll(reports(instance, system, prefix, match.group(1)));
            } else {
                found.add(Checked.problem(
                        system,
                        "api-key",
                        "IAM gives no token for it (" + answer.statusCode() + ")",
                        "set " + prefix + ".api-key to an API key that is not locked or deleted"));
            }
        });
        return found;
    }

    private List<Checked> reports(SccSettings instance, String system, String prefix, String token) {
        List<Checked> found = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(instance.url() + "/reports/latest?sort=created_on"))
                .header("Authorization", "Bearer " + token);
        new Reach(instance.network(), clock)
                .get(system, prefix + ".url", request, found)
                .ifPresent(answer -> {
                    switch (answer.statusCode()) {
                        case 200 -> found.add(Checked.ok(system, "reports", "they may be read"));
                        case 401, 403 ->
                            found.add(Checked.problem(
                                    system,
                                    "reports",
                                    "the API key's owner may not read them",
                                    "give it the service role Reader on the instance"));
                        default -> found.add(unexpected(system, prefix + ".url", answer));
                    }
                });
        return found;
    }

    /** @param folder of a flow with source=files */
    public List<Checked> folder(FlowSettings flow, Path folder) {
        String property = "ticketbridge.flow." + flow.name() + ".folder";
        if (!Files.isDirectory(folder)) {
            return List.of(Checked.problem(
                    "files", flow.name(), "there is no folder " + folder, "make it, or change " + property));
        }
        if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
            return List.of(Checked.problem(
                    "files",
                    flow.name(),
                    folder + " can't be read and written",
                    "give the process both rights: a file that was read is moved to .done there"));
        }
        return List.of(Checked.ok("files", flow.name(), folder + " can be read"));
    }

    private static Checked unexpected(String system, String property, HttpResponse<String> answer) {
        return Checked.problem(
                system,
                "answer",
                answer.uri().getPath() + " answers " + answer.statusCode(),
                "check that " + property + " is the address of the API");
    }

    private static String suffix(String instance) {
        return instance.equals("default") ? "" : "." + instance;
    }
}
