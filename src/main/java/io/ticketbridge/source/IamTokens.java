package io.ticketbridge.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.SccSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.WorkloadProtectionSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * IAM tokens by instance of an IBM source (compliance.md, section 1.2): exchanged for the API key, renewed when 80 % of their
 * lifetime has passed, kept in memory only. An instance that is signed in to otherwise needs none. Thread-safe.
 */
public final class IamTokens implements Tokens {
    private static final String GRANT = "urn:ibm:params:oauth:grant-type:apikey";

    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param properties where its settings are: {@code ticketbridge.scc.NAME} */
    private record Account(String properties, Secret apiKey, URI iamUrl) {}

    private final BearerTokens tokens;
    private final Settings settings;

    public IamTokens(Settings settings, Clock clock) {
        this.settings = settings;
        tokens = new BearerTokens(clock);
    }

    @Override
    public boolean isStale(String flow) {
        Account account = account(flow);
        return !account.apiKey().isEmpty() && tokens.isStale(account.properties());
    }

    @Override
    public void request(String flow, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        message.setHeader("Accept", "application/json");
        String key = account(flow).apiKey().reveal();
        message.setBody("grant_type=" + encode(GRANT) + "&response_type=cloud_iam&apikey=" + encode(key));
    }

    @Override
    public void take(String flow, JsonNode answer) {
        String text = answer == null ? "" : answer.path("access_token").asText("");
        if (text.isEmpty()) {
            throw new UnexpectedAnswer("IAM answered without an access_token; check "
                    + account(flow).properties() + ".iam-url");
        }
        tokens.keep(account(flow).properties(), text, answer.path("expires_in").asLong(3600));
    }

    /** What may pass fails like any other call. */
    @Override
    public boolean refuses(Exception error) {
        return error instanceof JacksonException
                || error instanceof HttpOperationFailedException http && REFUSALS.contains(http.getStatusCode());
    }

    @Override
    public void refused(String flow, Exception error) {
        String properties = account(flow).properties();
        throw new UnexpectedAnswer(
                error instanceof HttpOperationFailedException http
                        ? "IAM refused " + properties + ".api-key: " + said(http)
                                + "; set it to an API key that has the role Reader on the instance"
                        : "IAM answered with something that is no JSON; check " + properties + ".iam-url");
    }

    private static String said(HttpOperationFailedException error) {
        try {
            JsonNode body = JSON.readTree(Objects.requireNonNullElse(error.getResponseBody(), ""));
            String message = body.path("errorMessage").asText("");
            return message.isEmpty()
                    ? "it answered " + error.getStatusCode()
                    : message.replaceAll("[.\\s]+$", "") + " ("
                            + body.path("errorCode").asText("") + ")";
        } catch (JacksonException e) {
            return "it answered " + error.getStatusCode();
        }
    }

    @Override
    public boolean mayRenew(String flow, HttpOperationFailedException error) {
        return error.getStatusCode() == 401 && !account(flow).apiKey().isEmpty();
    }

    @Override
    public void forget(String flow, String authorization) {
        tokens.forget(account(flow).properties(), authorization);
    }

    public String bearer(String flow) {
        return "Bearer " + tokens.text(account(flow).properties());
    }

    private Account account(String name) {
        FlowSettings flow = settings.flows().get(name);
        String instance = flow.instance();
        String properties = "ticketbridge." + flow.source() + (instance.equals("default") ? "" : "." + instance);
        if (flow.source() == SourceKind.WORKLOAD_PROTECTION) {
            WorkloadProtectionSettings posture = settings.workloadProtection().get(instance);
            return new Account(properties, posture.apiKey(), posture.iamUrl());
        }
        SccSettings scc = settings.scc().get(instance);
        return new Account(properties, scc.apiKey(), scc.iamUrl());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
