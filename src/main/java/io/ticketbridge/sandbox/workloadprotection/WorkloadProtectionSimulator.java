package io.ticketbridge.sandbox.workloadprotection;

import io.ticketbridge.sandbox.http.HttpFaults;
import io.ticketbridge.sandbox.http.RequestLog;
import io.ticketbridge.sandbox.http.SimulatorServer;
import io.ticketbridge.sandbox.iam.IamTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Workload Protection on loopback. Tests and the control page fix, break, accept and replace resources; what they do shows at once,
 * as if the daily evaluation had just been made. Safe for many threads.
 */
public final class WorkloadProtectionSimulator implements AutoCloseable {
    private static final String INSTANCE = "c7a1f0de-2f0b-4d3e-9a4c-1b1d7c5e8f20";

    private final WorkloadProtectionOptions options;
    private final Posture posture;
    private final IamTokens tokens;
    private final SimulatorServer server;

    private WorkloadProtectionSimulator(WorkloadProtectionOptions options) {
        this.options = options;
        this.posture =
                new Posture(Catalogue.load(), new PostureEstate(options.seed(), options.scale()), options.clock());
        this.tokens = new IamTokens(options.clock(), options.apiKey(), options.tokenLifetime());
        this.server = SimulatorServer.start(
                "sandbox-workload-protection",
                options.port(),
                options.clock(),
                new PostureRoutes(INSTANCE, options.token(), posture, tokens, options.clock()));
    }

    public static WorkloadProtectionSimulator start(WorkloadProtectionOptions options) {
        return new WorkloadProtectionSimulator(options);
    }

    /** To stand where {@code https://us-south.security-compliance-secure.cloud.ibm.com} would. */
    public String url() {
        return server.url();
    }

    /** To stand where {@code https://iam.cloud.ibm.com/identity/token} would. */
    public String tokenUrl() {
        return url() + IamTokens.PATH;
    }

    /** The key before is refused from now on, and so are the tokens that were given for it. */
    public void changeApiKey(String other) {
        tokens.changeKey(other);
    }

    public String apiKey() {
        return options.apiKey();
    }

    public String instanceId() {
        return INSTANCE;
    }

    /** What is taken without IAM. */
    public String token() {
        return options.token();
    }

    /** All tokens of IAM's are refused from now on, long before they said. */
    public void expireTokens() {
        tokens.expire();
    }

    /** What every control says of every resource that it looks at. */
    public List<Checked> checked() {
        return posture.catalogue().controls().stream()
                .flatMap(control -> posture.all(control).stream())
                .toList();
    }

    /** What should have a ticket: failures that nobody accepted, of controls that no person has to judge. */
    public List<Checked> failing() {
        return checked().stream()
                .filter(Checked::fails)
                .filter(checked ->
                        !posture.catalogue().control(checked.controlId()).manual())
                .toList();
    }

    public List<Checked> accepted() {
        return checked().stream().filter(Checked::accepted).toList();
    }

    public String nameOf(String controlId) {
        return posture.catalogue().control(controlId).name();
    }

    /** The control passes on this resource from now on. */
    public void fix(String controlId, String hash) {
        posture.set(controlId, hash, true);
    }

    /** The control fails on this resource from now on, again or for the first time. */
    public void breakAgain(String controlId, String hash) {
        posture.set(controlId, hash, false);
    }

    /** Somebody accepts the risk, for ever or until then. */
    public void accept(String controlId, String hash, Optional<Instant> until) {
        posture.accept(controlId, hash, until);
    }

    public void revoke(String controlId, String hash) {
        posture.revoke(controlId, hash);
    }

    /** Fixes by replacing: the old resource is in no list any more, so no pass of it ever comes. */
    public SimulatedResource replace(String controlId, String hash) {
        return posture.replace(controlId, hash);
    }

    /** Takes a policy off a zone: its requirements there are gone, and nothing was mended. */
    public void unassign(String policyId, String zoneId) {
        posture.unassign(policyId, zoneId);
    }

    public RequestLog requests() {
        return server.requests();
    }

    public HttpFaults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        server.close();
    }
}
