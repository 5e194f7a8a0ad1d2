package io.ticketbridge.check;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.SccSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.WorkloadProtectionSettings;
import io.ticketbridge.fault.Checked;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether SCC and Workload Protection can be read (compliance.md, sections 1 and 2). Reads only. */
public final class IbmChecks {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern NOTHING = Pattern.compile("\"totalCount\"\\s*:\\s*\"?0\\b");

    private final Clock clock;

    public IbmChecks(Clock clock) {
        this.clock = clock;
    }

    public List<Checked> scc(SccSettings instance) {
        String system = "scc" + SourceChecks.suffix(instance.name());
        List<Checked> found = new ArrayList<>();
        iamToken(system, instance.iamUrl(), instance.apiKey(), instance.network(), found)
                .ifPresent(token -> found.addAll(reports(instance, system, "ticketbridge." + system, token)));
        return found;
    }

    /** What IAM gives for the key; what is wrong with it is added to the findings. */
    private Optional<String> iamToken(
            String system, URI iam, Secret apiKey, NetworkSettings network, List<Checked> found) {
        String prefix = "ticketbridge." + system;
        HttpRequest.Builder request = HttpRequest.newBuilder(iam)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(
                        "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&response_type=cloud_iam&apikey="
                                + URLEncoder.encode(apiKey.reveal(), StandardCharsets.UTF_8)));
        return new Reach(network, clock)
                .get(system + " iam", prefix + ".iam-url", request, found)
                .flatMap(answer -> {
                    Matcher match = TOKEN.matcher(answer.body());
                    if (answer.statusCode() == 200 && match.find()) {
                        found.add(Checked.ok(system, "api-key", "IAM gives a token for it"));
                        return Optional.of(match.group(1));
                    }
                    found.add(Checked.problem(
                            system,
                            "api-key",
                            "IAM gives no token for it (" + answer.statusCode() + ")",
                            "set " + prefix + ".api-key to an API key that is not locked or deleted"));
                    return Optional.empty();
                });
    }

    /** @param filter of the flow, in the API's own language; empty for all requirements */
    public List<Checked> workloadProtection(WorkloadProtectionSettings instance, String filter) {
        String system = "workload-protection" + SourceChecks.suffix(instance.name());
        List<Checked> found = new ArrayList<>();
        Optional<String> token = instance.usesIam()
                ? iamToken(system, instance.iamUrl(), instance.apiKey(), instance.network(), found)
                : Optional.of(instance.token().reveal());
        token.ifPresent(bearer -> found.addAll(requirements(instance, system, filter, bearer)));
        return found;
    }

    private List<Checked> requirements(
            WorkloadProtectionSettings instance, String system, String filter, String bearer) {
        String prefix = "ticketbridge." + system;
        List<Checked> found = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.url()
                        + "/api/cspm/v1/compliance/requirements?pageNumber=1&pageSize=1"
                        + (filter.isEmpty() ? "" : "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8))))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + bearer);
        if (instance.usesIam()) {
            request.header("IBMInstanceID", instance.instanceId());
        }
        new Reach(instance.network(), clock)
                .get(system, prefix + ".url", request, found)
                .ifPresent(answer -> found.add(requirements(answer, instance, system, prefix)));
        return found;
    }

    private static Checked requirements(
            HttpResponse<String> answer, WorkloadProtectionSettings instance, String system, String prefix) {
        return switch (answer.statusCode()) {
            case 200 ->
                NOTHING.matcher(answer.body()).find()
                        ? Checked.warning(
                                system,
                                "requirements",
                                "there are none",
                                "apply a policy to a zone there, and check the flow's source-filter")
                        : Checked.ok(system, "requirements", "they may be read");
            case 400 ->
                Checked.problem(
                        system,
                        "requirements",
                        "the request is not understood (400)",
                        "check the source-filter of the flow that reads from it");
            case 401, 403 ->
                instance.usesIam()
                        ? Checked.problem(
                                system,
                                "instance-id",
                                "the instance is not known there, or the API key's owner may not read it ("
                                        + answer.statusCode() + ")",
                                "set " + prefix + ".instance-id to the GUID of the instance in the region of " + prefix
                                        + ".url, and give the key's owner the service role Reader on it")
                        : Checked.problem(
                                system,
                                "token",
                                "the token is not known there, or may not read the posture (" + answer.statusCode()
                                        + ")",
                                "set " + prefix + ".token to an API token that is valid, and check that " + prefix
                                        + ".url is its region");
            default -> SourceChecks.unexpected(system, prefix + ".url", answer);
        };
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
                        default -> found.add(SourceChecks.unexpected(system, prefix + ".url", answer));
                    }
                });
        return found;
    }
}
