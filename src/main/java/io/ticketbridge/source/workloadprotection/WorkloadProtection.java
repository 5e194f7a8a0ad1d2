package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.WorkloadProtectionSettings;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.source.IamTokens;
import io.ticketbridge.source.UnexpectedAnswer;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;

/** The steps of reading an instance, as the routes call them. Keeps nothing itself. */
public final class WorkloadProtection {
    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Settings settings;
    private final IamTokens tokens;
    private final KnownZones zones;
    private final Clock clock;

    public WorkloadProtection(Settings settings, Watermarks watermarks, IamTokens tokens, Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.zones = new KnownZones(watermarks);
        this.clock = clock;
    }

    public ControlScan scan(String flow) {
        WorkloadProtectionSettings instance = instance(flow);
        return new ControlScan(flow, scope(instance), new RequirementPages(filter(flow)), clock.instant());
    }

    /** The GUID stays when the instance gets another name in the settings, or another host. */
    private static String scope(WorkloadProtectionSettings instance) {
        return "workload-protection:" + (instance.usesIam() ? instance.instanceId() : instance.name());
    }

    /** Which instance a flow reads: a token does not say which it is. */
    public static Origin origin(FlowSettings flow, WorkloadProtectionSettings instance) {
        return new Origin(
                flow.source().toString(),
                instance.name(),
                scope(instance),
                Digest.of(String.valueOf(instance.url())),
                instance.usesIam() ? instance.instanceId() : "");
    }

    public void takeRequirements(ControlScan scan, JsonNode answer) {
        scan.take(scan.getRequirements().accept(answer));
    }

    /** @throws UnexpectedAnswer if the flow's filter lets nothing through, which is hardly what was meant */
    public void askForResources(String flow, ControlScan scan) {
        if (scan.isEmpty() && !filter(flow).isEmpty()) {
            throw new UnexpectedAnswer("No requirement matches ticketbridge.flow." + flow
                    + ".source-filter; check the names of policy and zone in it");
        }
        scan.askFor(zones);
    }

    public void take(ControlScan scan, ResourcePage page) {
        scan.take(page);
    }

    public List<SourceRecord> collected(ControlScan scan) {
        return scan.collected();
    }

    /** All that could be read is durable: what that proves is noted. */
    public void prove(ControlScan scan, Run run) {
        scan.prove(run, zones, settings.flows().get(run.flow()).formerSourceGone());
    }

    /** Puts a call onto the message, signed, in place of whatever came with it. */
    public void apply(PostureCall call, String flow, Exchange exchange) {
        WorkloadProtectionSettings instance = instance(flow);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_PATH, call.path());
        message.setHeader(Exchange.HTTP_RAW_QUERY, call.query());
        message.setHeader("Accept", "application/json");
        message.setHeader("X-Correlation-ID", UUID.randomUUID().toString());
        if (instance.usesIam()) {
            message.setHeader("Authorization", tokens.bearer(flow));
            message.setHeader("IBMInstanceID", instance.instanceId());
        } else {
            message.setHeader("Authorization", "Bearer " + instance.token().reveal());
        }
    }

    public boolean refuses(HttpOperationFailedException error) {
        return REFUSED.contains(error.getStatusCode());
    }

    /** @throws UnexpectedAnswer always: names the properties to look at */
    public void refused(String flow, HttpOperationFailedException error) {
        WorkloadProtectionSettings instance = instance(flow);
        String properties =
                "ticketbridge.workload-protection" + (instance.name().equals("default") ? "" : "." + instance.name());
        throw new UnexpectedAnswer("Workload Protection answered " + error.getStatusCode() + ": "
                + (instance.usesIam()
                        ? "check that " + properties + ".instance-id is the GUID of the instance in the region of "
                                + properties + ".url, and give the owner of " + properties
                                + ".api-key the service role Reader on it"
                        : "set " + properties + ".token to an API token that is valid and may see the posture"));
    }

    /** Whether a failure says something of one list of resources only, and nothing of the instance or the way there. */
    public boolean costsItsListOnly(Exception error) {
        return error instanceof JacksonException
                || error instanceof HttpOperationFailedException http
                        && !refuses(http)
                        && http.getStatusCode() != TOO_MANY_REQUESTS;
    }

    public Unread unread(Exception error) {
        return new Unread(
                error instanceof HttpOperationFailedException http
                        ? "it answered " + http.getStatusCode()
                        : "its answer is no JSON");
    }

    private String filter(String flow) {
        return settings.flows().get(flow).sourceFilter();
    }

    private WorkloadProtectionSettings instance(String flow) {
        return settings.workloadProtection().get(settings.flows().get(flow).instance());
    }
}
