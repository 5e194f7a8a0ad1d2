package io.ticketbridge.deliver.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.config.Auth;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.fault.PassingStatus;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks {@code oauth_token.do} for a token. Client id and secret go in the body, as ServiceNow wants them. */
final class TokenEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN_URL = "ticketbridge.servicenow.token-url";

    private final ServiceNowSettings serviceNow;
    private final Clock clock;
    private final HttpClient http;
    private final Optional<NetworkSettings.Proxy> proxy;

    TokenEndpoint(ServiceNowSettings serviceNow, Network network, Clock clock) {
        this.serviceNow = serviceNow;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(serviceNow.connectTimeout());
        network.prepare(builder, serviceNow.tokenUrl());
        http = builder.build();
        proxy = network.proxyFor(serviceNow.tokenUrl());
    }

    Token byGrant() {
        Map<String, String> form = new LinkedHashMap<>();
        if (serviceNow.auth() == Auth.OAUTH_PASSWORD) {
            form.put("grant_type", "password");
            form.put("username", serviceNow.user());
            form.put("password", serviceNow.password().reveal());
        } else {
            form.put("grant_type", "client_credentials");
        }
        if (!serviceNow.scope().isEmpty()) {
            form.put("scope", serviceNow.scope());
        }
        return ask(form);
    }

    /** A new access token; where the answer holds no refresh token, the old one goes on. */
    Token byRefresh(String refresh) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        Token token = ask(form);
        return token.refresh() == null ? token.withRefresh(refresh) : token;
    }

    private Token ask(Map<String, String> form) {
        form.put("client_id", serviceNow.clientId());
        form.put("client_secret", serviceNow.clientSecret().reveal());
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(serviceNow.tokenUrl())
                .timeout(serviceNow.requestTimeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        proxy.flatMap(NetworkSettings.Proxy::authorisation)
                .ifPresent(value -> request.header("Proxy-Authorization", value));
        // The request's own time limit ends with the headers, and this call holds the lock that all others wait for.
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            return read(answer.get(longest().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw noAnswer(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unavailable("did not answer in time", 0, null, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable("was not awaited: the thread was interrupted", 0, null, e);
        }
    }

    private Duration longest() {
        return serviceNow.connectTimeout().plus(serviceNow.requestTimeout());
    }

    private Token read(HttpResponse<String> answer) {
        int status = answer.statusCode();
        JsonNode json = parsed(answer.body());
        String token = json.path("access_token").asText("");
        if (status == 200 && !token.isEmpty()) {
            String refresh = json.path("refresh_token").asText("");
            return Token.received(
                    token,
                    refresh.isEmpty() ? null : refresh,
                    json.path("expires_in").asLong(0),
                    clock.instant());
        }
        if (status == FaultSorter.OF_PROXY) {
            throw new TokenUnavailable(FaultSorter.WANTED_BY_PROXY, status, Duration.ZERO, null);
        }
        if (status == 200 || PassingStatus.is(status)) {
            Duration wait =
                    RetryWait.of(name -> answer.headers().firstValue(name).orElse(null), clock.instant());
            throw unavailable("answered " + status + " without a token", status, wait, null);
        }
        // ServiceNow calls every refusal "server_error"; retrying it would lock the user out.
        String reason = Sentence.of(
                json.path("error").asText(""), json.path("error_description").asText(""));
        throw new CredentialsRefused(
                "ServiceNow refused to give a token (" + status + (reason.isEmpty() ? "" : " " + withoutSecrets(reason))
                        + "): check " + serviceNow.auth().toCheck());
    }

    /** What the grant shows: another one is worth another try, whatever was said of the one before. */
    int credentials() {
        return Objects.hash(
                serviceNow.clientSecret().reveal(), serviceNow.password().reveal());
    }

    private TokenUnavailable noAnswer(Throwable cause) {
        String unsent = Unsent.reason(cause, isOfInstance() ? "ticketbridge.servicenow.url" : TOKEN_URL);
        return unsent == null
                ? unavailable("gave no answer (" + cause.getClass().getSimpleName() + ")", 0, null, cause)
                : new TokenUnavailable(
                        endpoint() + " was not reached: " + unsent
                                + ". It is asked again later; `check` says what is in the way",
                        0,
                        null,
                        cause);
    }

    private boolean isOfInstance() {
        return serviceNow.tokenUrl().getAuthority().equals(serviceNow.url().getAuthority());
    }

    private String endpoint() {
        return "The token endpoint " + serviceNow.tokenUrl().getHost();
    }

    private TokenUnavailable unavailable(String what, int status, Duration wait, Throwable cause) {
        return new TokenUnavailable(
                endpoint() + " " + what
                        + "; it is asked again later. Check ticketbridge.servicenow.url and .token-url if that does not help",
                status,
                wait,
                cause);
    }

    private String withoutSecrets(String text) {
        for (Secret secret : List.of(serviceNow.clientSecret(), serviceNow.password())) {
            for (String each : secret.everRevealed()) {
                text = each.isEmpty() ? text : text.replace(each, "***");
            }
        }
        return text;
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
