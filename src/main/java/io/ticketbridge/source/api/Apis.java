package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.UrlText;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of reading an API, as the routes call them. */
public final class Apis {
    private static final Logger LOG = LoggerFactory.getLogger(Apis.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IN_PATH = Pattern.compile("\\{(/[^{}]*)}");

    private final Settings settings;
    private final Mappings mappings;
    private final ApiTokens tokens;

    public Apis(Settings settings, Mappings mappings, ApiTokens tokens) {
        this.settings = settings;
        this.mappings = mappings;
        this.tokens = tokens;
    }

    /** A pass over the flow's API, with its mapping as it is now. */
    public ApiPass begin(String flow) {
        Mapping mapping = mappings.of(flow);
        ApiSettings api = api(flow);
        return new ApiPass(mapping, mapper(mapping, api), new ApiPages(mapping, basePath(api)));
    }

    private static RecordMapper mapper(Mapping mapping, ApiSettings api) {
        return new RecordMapper(mapping, scope(api));
    }

    /** Of findings whose mapping names no scope. */
    private static String scope(ApiSettings api) {
        return "api:" + api.name();
    }

    /** Which API a flow reads: nothing says whose account it is there. Where the mapping names a scope, that says what it is of. */
    public Origin origin(FlowSettings flow, ApiSettings api) {
        String scope = mappings.namesScope(flow.name()) ? "" : scope(api);
        return new Origin(flow.source().toString(), api.name(), scope, Digest.of(String.valueOf(api.url())), "");
    }

    /** Makes findings of a page's records; one that can't be read is said, and the others are (P4). */
    public List<SourceRecord> findings(ApiPass pass, List<JsonNode> records) {
        List<SourceRecord> findings = new ArrayList<>();
        pass.mapped(records.size());
        for (JsonNode record : records) {
            findings.addAll(pass.mapper().findings(record));
        }
        findings.forEach(one -> {
            if (one instanceof Finding finding) {
                pass.scopes().add(finding.scope());
            }
        });
        return findings;
    }

    /** Every page is durable: what the pass proves is noted (P11). */
    public void finish(ApiPass pass, Run run) {
        Evidence evidence = pass.mapping().evidence();
        if (evidence == Evidence.NONE) {
            return;
        }
        Optional<String> shortfall = pass.shortfall();
        if (shortfall.isPresent()) {
            LOG.warn(
                    "A list is not whole: what it says counts, what it does not say proves nothing. flow={} cause=\"{}\"",
                    run.flow(),
                    shortfall.get());
            return;
        }
        if (evidence == Evidence.ALL) {
            pass.scopes().forEach(run::coversScope);
        }
        run.complete();
    }

    /** Puts a call onto the message, signed, in place of whatever came with it. */
    public void apply(ApiCall call, String flow, Exchange exchange) {
        ApiSettings api = api(flow);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader("Accept", "application/json, application/*+json");
        call.headers().forEach(message::setHeader);
        message.setBody(call.body() == null ? null : call.body().toString());
        if (call.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        message.setHeader(Exchange.HTTP_METHOD, call.method());
        message.setHeader(
                Exchange.HTTP_URI, api.url().getScheme() + "://" + api.url().getRawAuthority() + call.path());
        String query = tokens.sign(api, call.queryText(), message);
        if (!query.isEmpty()) {
            message.setHeader(Exchange.HTTP_RAW_QUERY, query);
        }
    }

    /**
     * For a step of the user's own: a GET below the API's url.
     *
     * @param path in which {@code {/pointer}} stands for that text of the record, encoded, so that data can't change the path
     */
    public ApiCall get(String flow, JsonNode record, String path) {
        String filled = IN_PATH.matcher(path)
                .replaceAll(match -> Matcher.quoteReplacement(UrlText.encoded(
                        record.at(JsonPointer.compile(match.group(1))).asText(""))));
        return new ApiCall("GET", basePath(api(flow)) + filled, Map.of(), null, Map.of(), null);
    }

    /** For a step of the user's own: the record with something added under a name, where the mapping finds it. */
    public JsonNode with(JsonNode record, String name, JsonNode added) {
        ObjectNode more = record.deepCopy();
        more.set(name, added);
        return more;
    }

    /** @throws UnexpectedAnswer always: what the API said, and what to do */
    public void failed(String flow, Exception error) {
        ApiSettings api = api(flow);
        if (error instanceof JacksonException) {
            throw new UnexpectedAnswer("API " + api.name() + " answers with something that is no JSON; check "
                    + api.key("url") + ", and request.path in the mapping");
        }
        throw new UnexpectedAnswer(tokens.sentence(flow, (HttpOperationFailedException) error));
    }

    /** Reads a record that could not be used before from its raw text, with the mapping as it is now. */
    public List<SourceRecord> reread(String flow, String raw) throws IOException {
        return mapper(mappings.of(flow), api(flow)).findings(JSON.readTree(raw));
    }

    private static String basePath(ApiSettings api) {
        return api.url().getRawPath();
    }

    private ApiSettings api(String flow) {
        return settings.api().get(settings.flows().get(flow).instance());
    }
}
