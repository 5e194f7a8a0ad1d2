package io.ticketbridge.sandbox.scc;

import io.ticketbridge.sandbox.http.HttpFaults;
import io.ticketbridge.sandbox.http.RequestLog;
import io.ticketbridge.sandbox.http.SimulatorServer;
import io.ticketbridge.sandbox.iam.IamTokens;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An SCC on loopback with two scopes, some thousands of evaluations and one report of each scope at the start. Tests
 * and the control page fix, break and replace resources and let the next scan happen. Safe for many threads.
 */
public final class SccSimulator implements AutoCloseable {
    private static final String INSTANCE = "84644a08-31b6-4988-b504-49a46ca69ccd";

    private final SccOptions options;
    private final SccProfile profile = SccProfile.load();
    private final SccArchive archive;
    private final IamTokens tokens;
    private final SimulatorServer server;
    private int successors;

    private SccSimulator(SccOptions options) {
        this.options = options;
        this.archive =
                new SccArchive(options.clock(), new SccEstate(profile, options.seed(), options.resources()).scopes());
        this.tokens = new IamTokens(options.clock(), options.apiKey(), options.tokenLifetime());
        nextScan();
        this.server = SimulatorServer.start(
                "sandbox-scc", options.port(), options.clock(), new SccRoutes(INSTANCE, archive, tokens, profile));
    }

    public static SccSimulator start(SccOptions options) {
        return new SccSimulator(options);
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return server.url();
    }

    /** To stand where {@code https://us-south.compliance.cloud.ibm.com/instances/INSTANCE/v3} would. */
    public String baseUrl() {
        return url() + "/instances/" + INSTANCE + "/v3";
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

    /** All tokens are refused from now on, long before they said. */
    public void expireTokens() {
        tokens.expire();
    }

    /** The two scopes, by the group id of their reports. */
    public List<String> groupIds() {
        return List.copyOf(archive.scopes().keySet());
    }

    /** What the next scan will say. */
    public List<SccEvaluation> evaluations() {
        return archive.evaluations();
    }

    public List<SccEvaluation> failing() {
        return evaluations().stream()
                .filter(seen -> seen.status() == EvaluationStatus.FAILURE)
                .toList();
    }

    /** What an assessment looks for, in words. */
    public String describe(String assessmentId) {
        SccProfile.Assessment assessment = profile.assessmentsById().get(assessmentId);
        return assessment == null ? "" : assessment.description();
    }

    /** The ids of the controls that an evaluation serves: several, one or none. */
    public List<String> controlsOf(SccEvaluation seen) {
        return profile.controlsOf(seen.componentId(), seen.assessmentId()).stream()
                .map(SccProfile.Control::id)
                .toList();
    }

    /** The assessment passes on this target from now on, in every scope that has it. */
    public void fix(String assessmentId, String targetId) {
        set(assessmentId, targetId, EvaluationStatus.PASS);
    }

    /** The assessment fails on this target from now on, again or for the first time. */
    public void breakAgain(String assessmentId, String targetId) {
        set(assessmentId, targetId, EvaluationStatus.FAILURE);
    }

    public void set(String assessmentId, String targetId, EvaluationStatus status) {
        UnaryOperator<SccEvaluation> how = seen -> seen.with(status);
        synchronized (archive) {
            long changed = archive.scopes().values().stream()
                    .filter(scope -> scope.change(assessmentId, targetId, how))
                    .count();
            require(changed > 0, assessmentId, targetId);
        }
    }

    /**
     * Fixes by replacing the target: the old one is in no report any more, so no pass of it ever comes, and another
     * passes in its place.
     *
     * @return the id of the new target
     */
    public String replaceResource(String assessmentId, String targetId) {
        synchronized (archive) {
            String suffix = "-r" + ++successors;
            Optional<SccEvaluation> seen = evaluations().stream()
                    .filter(one -> one.targetId().equals(targetId))
                    .findFirst();
            String name = seen.map(SccEvaluation::targetName).orElse("");
            String successor = successor(targetId, suffix);
            long replaced = archive.scopes().values().stream()
                    .filter(scope -> scope.replace(assessmentId, targetId, successor, name + suffix))
                    .count();
            require(replaced > 0, assessmentId, targetId);
            return successor;
        }
    }

    /** Scans every scope: one new report each. */
    public List<SccReport> nextScan() {
        return archive.scopes().keySet().stream().map(this::nextScan).toList();
    }

    public SccReport nextScan(String groupId) {
        synchronized (archive) {
            return archive.report(groupId, archive.scope(groupId).evaluations());
        }
    }

    /** A report without evaluations, as after a scan that could see nothing. */
    public SccReport emptyScan(String groupId) {
        return archive.report(archive.scope(groupId).groupId(), List.of());
    }

    /** A report in which every evaluation is an error, as after a scan that could read nothing. */
    public SccReport failedScan(String groupId) {
        synchronized (archive) {
            return archive.report(
                    groupId,
                    archive.scope(groupId).evaluations().stream()
                            .map(seen -> seen.with(EvaluationStatus.ERROR))
                            .toList());
        }
    }

    /** Newest first. */
    public List<SccReport> reports() {
        return archive.all();
    }

    /** The report is gone, whoever may be reading it. */
    public void deleteReport(String id) {
        archive.delete(id);
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

    /** A CRN that names no resource ends with the colons of its service instance. */
    private static String successor(String crn, String suffix) {
        return crn.endsWith("::") ? crn.substring(0, crn.length() - 2) + suffix + "::" : crn + suffix;
    }

    private static void require(boolean found, String assessmentId, String targetId) {
        if (!found) {
            throw new IllegalArgumentException("The assessment " + assessmentId + " does not look at " + targetId);
        }
    }
}
