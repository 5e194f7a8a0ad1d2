package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.config.ApiAuth;
import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.source.UnexpectedAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks an API for the first page as a pass would, without any route: what is asked, and what the answer says (P30). */
public final class ApiProbe {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiSettings api;
    private final Mapping mapping;

    private ApiProbe(ApiSettings api, Mapping mapping) {
        this.api = api;
        this.mapping = mapping;
    }

    /** Empty if the flow's mapping can't be used, which is said elsewhere. */
    public static Optional<ApiProbe> of(ApiSettings api, FlowSettings flow) {
        List<String> problems = new ArrayList<>();
        Mapping mapping = Mappings.read(flow.mapping().orElseThrow(), problems);
        return problems.isEmpty() ? Optional.of(new ApiProbe(api, mapping)) : Optional.empty();
    }

    /** The request for a token, where one is needed. */
    public Optional<HttpRequest.Builder> tokenRequest() {
        if (api.auth() != ApiAuth.OAUTH_CLIENT_CREDENTIALS) {
            return Optional.empty();
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(api.tokenUrl());
        String form = new ApiCredential(api).tokenForm(request::setHeader);
        return Optional.of(request.POST(BodyPublishers.ofString(form)));
    }

    /** @throws UnexpectedAnswer if it holds no token */
    public String token(String answer) {
        return ApiTokens.text(api, json(answer));
    }

    /** @param token for OAuth */
    public HttpRequest.Builder firstPage(String token) {
        ApiCall call = new ApiPages(mapping, api.url().getRawPath()).nextCall();
        List<String> headers = new ArrayList<>(List.of("Accept", "application/json, application/*+json"));
        String query = new ApiCredential(api)
                .sign(call.queryText(), token, (name, value) -> headers.addAll(List.of(name, value)));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api.url().getScheme() + "://"
                        + api.url().getRawAuthority() + call.path() + (query.isEmpty() ? "" : "?" + query)));
        request.headers(headers.toArray(String[]::new));
        call.headers().forEach(request::setHeader);
        BodyPublisher body = BodyPublishers.noBody();
        if (call.body() != null) {
            request.setHeader("Content-Type", "application/json");
            body = BodyPublishers.ofString(call.body().toString());
        }
        return request.method(call.method(), body);
    }

    /** Why the mapping can't prove what it says it does. */
    public Optional<String> doubt() {
        return mapping.doubt();
    }

    /** What a refusal means, with the setting to change. */
    public String refusal(int status, String body, boolean ofToken) {
        return new ApiRefusal(api, status, body).sentence(ofToken);
    }

    /**
     * What the page holds.
     *
     * @throws UnexpectedAnswer if it does not fit the mapping
     */
    public String firstPageHolds(String answer) {
        Sample sample = Sample.of(mapping, "api:" + api.name(), json(answer));
        long dead =
                sample.records().stream().filter(Unreadable.class::isInstance).count();
        if (dead > 0) {
            SourceRecord first = sample.records().stream()
                    .filter(Unreadable.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            throw new UnexpectedAnswer(dead + " of its first "
                    + sample.records().size() + " records can't be read: " + ((Unreadable) first).error());
        }
        return sample.records().size() + " findings on its first page";
    }

    private JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswer(
                    "its answer is no JSON; check " + api.key("url") + ", and request.path in the mapping");
        }
    }
}
