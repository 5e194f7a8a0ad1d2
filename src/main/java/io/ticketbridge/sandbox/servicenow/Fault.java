package io.ticketbridge.sandbox.servicenow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something that goes wrong with one request; immutable. Start from a factory and refine:
 * {@code Fault.status(503).html().retryAfter(Duration.ofSeconds(30))}. Times are real time, not the instance's clock.
 */
public final class Fault {

    /** Whether and when the request takes effect. */
    enum Commit {
        NEVER,
        FIRST,
        LATER
    }

    /**
     * What the caller gets: the true answer, another one, a closed connection, half of the true answer and then a closed
     * connection, or half of it as if it were all.
     */
    enum Ending {
        ANSWER,
        REPLACED,
        CLOSED,
        HALF,
        BROKEN
    }

    private enum Body {
        JSON,
        HTML,
        EMPTY
    }

    // Set once, by the factory or the refinement that makes the copy.
    private String name;
    private Commit commit;
    private Ending ending;
    private int status;
    private Duration delay = Duration.ZERO;
    private Duration delayAfter = Duration.ZERO;
    private Supplier<CompletionStage<?>> commitTime = () -> CompletableFuture.completedStage(null);
    private Body body = Body.JSON;
    private Map<String, String> headers = Map.of();
    private int truncateAfter = -1;
    private boolean revokesTokens;
    private Duration bodyTime = Duration.ZERO;
    private boolean dropsConditions;
    private Set<String> ignoredColumns = Set.of();
    private Refusal refusal;

    private Fault(String name, Commit commit, Ending ending) {
        this.name = name;
        this.commit = commit;
        this.ending = ending;
    }

    private Fault with(Consumer<Fault> change) {
        Fault copy = new Fault(name, commit, ending);
        copy.status = status;
        copy.delay = delay;
        copy.delayAfter = delayAfter;
        copy.commitTime = commitTime;
        copy.body = body;
        copy.headers = headers;
        copy.truncateAfter = truncateAfter;
        copy.revokesTokens = revokesTokens;
        copy.bodyTime = bodyTime;
        copy.dropsConditions = dropsConditions;
        copy.ignoredColumns = ignoredColumns;
        copy.refusal = refusal;
        change.accept(copy);
        return copy;
    }

    /** Answers with that status and an error body, without effect. */
    public static Fault status(int status) {
        return new Fault("status-" + status, Commit.NEVER, Ending.REPLACED).with(fault -> fault.status = status);
    }

    /** 202 without a body or an effect. */
    public static Fault accepted() {
        return status(202).emptyBody().named("accepted-202");
    }

    /** 200 with an HTML page, as a hibernating or logged-out instance answers. */
    public static Fault loginPage() {
        return status(200).html().named("login-page");
    }

    /** The connection closes before the request takes effect. */
    public static Fault closedBeforeCommit() {
        return new Fault("closed-before-commit", Commit.NEVER, Ending.CLOSED);
    }

    /** The request takes effect, then the connection closes without an answer. */
    public static Fault closedAfterCommit() {
        return new Fault("closed-after-commit", Commit.FIRST, Ending.CLOSED);
    }

    /** The connection closes at once; the request takes effect that much later. */
    public static Fault commitAfterClose(Duration later) {
        return commitAfterClose(() -> CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(later.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /** The connection closes at once; the request takes effect when that is complete. */
    public static Fault commitAfterClose(CompletionStage<?> when) {
        return commitAfterClose(() -> when);
    }

    private static Fault commitAfterClose(Supplier<CompletionStage<?>> time) {
        return new Fault("commit-after-close", Commit.LATER, Ending.CLOSED).with(fault -> fault.commitTime = time);
    }

    /** The request takes effect; of the answer half the body arrives. */
    public static Fault halfAnswer() {
        return new Fault("half-answer", Commit.FIRST, Ending.HALF);
    }

    /** A true answer, late; the effect is late as well. */
    public static Fault slow(Duration delay) {
        return new Fault("slow", Commit.FIRST, Ending.ANSWER).delayed(delay);
    }

    /** The request takes effect at once; its answer comes late. */
    public static Fault slowAnswer(Duration delay) {
        return new Fault("slow-answer", Commit.FIRST, Ending.ANSWER).delayedAfterCommit(delay);
    }

    /** A list of at most that many rows, with status 200 and an {@code error} beside the result. */
    public static Fault truncatedList(int rows) {
        return new Fault("truncated-list", Commit.FIRST, Ending.ANSWER).with(fault -> fault.truncateAfter = rows);
    }

    /** All access tokens are revoked, so that a bearer token gets its 401; other credentials go on. */
    public static Fault tokensRevoked() {
        return new Fault("tokens-revoked", Commit.FIRST, Ending.ANSWER).with(fault -> fault.revokesTokens = true);
    }

    /** The request takes effect; its answer's body trickles in over that time. */
    public static Fault slowBody(Duration time) {
        return new Fault("slow-body", Commit.FIRST, Ending.ANSWER).with(fault -> fault.bodyTime = time);
    }

    /** The request takes effect; its answer is JSON that does not end, though the connection ends well. */
    public static Fault brokenJson() {
        return new Fault("broken-json", Commit.FIRST, Ending.BROKEN);
    }

    /** The conditions of the query are taken for invalid and dropped silently: every row comes back. */
    public static Fault conditionsDropped() {
        return new Fault("conditions-dropped", Commit.FIRST, Ending.ANSWER).with(fault -> fault.dropsConditions = true);
    }

    /** The write takes effect, except for these columns, which are ignored silently. */
    public static Fault columnsIgnored(String... columns) {
        return new Fault("columns-ignored", Commit.FIRST, Ending.ANSWER)
                .with(fault -> fault.ignoredColumns = Set.of(columns));
    }

    /** 403 of a data policy that finds a column empty, named by its label. */
    public static Fault mandatory(String label) {
        return new Fault("mandatory", Commit.NEVER, Ending.REPLACED).with(fault -> {
            fault.refusal = Refusal.dataPolicy(label);
            fault.status = fault.refusal.status;
        });
    }

    public Fault html() {
        return named(name + "-html").with(fault -> fault.body = Body.HTML);
    }

    public Fault emptyBody() {
        return named(name + "-empty").with(fault -> fault.body = Body.EMPTY);
    }

    /** Adds {@code Retry-After} in seconds. */
    public Fault retryAfter(Duration wait) {
        return header("Retry-After", String.valueOf(wait.toSeconds()));
    }

    public Fault header(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return with(fault -> fault.headers = Map.copyOf(more));
    }

    /** The request takes effect before the replaced answer goes out. */
    public Fault afterCommit() {
        return named(name + "-after-commit").with(fault -> fault.commit = Commit.FIRST);
    }

    /** Waits before anything else. */
    public Fault delayed(Duration wait) {
        return with(fault -> fault.delay = wait);
    }

    /** Waits between effect and ending. */
    public Fault delayedAfterCommit(Duration wait) {
        return with(fault -> fault.delayAfter = wait);
    }

    public Fault named(String other) {
        return with(fault -> fault.name = other);
    }

    /** Says what happens; {@link Faults#drawn()} counts by it. */
    public String name() {
        return name;
    }

    Commit commit() {
        return commit;
    }

    Ending ending() {
        return ending;
    }

    Duration delay() {
        return delay;
    }

    Duration delayAfter() {
        return delayAfter;
    }

    /** Asked once a request; complete when it is to take effect. */
    CompletionStage<?> commitTime() {
        return commitTime.get();
    }

    int status() {
        return status;
    }

    int truncateAfter() {
        return truncateAfter;
    }

    boolean revokesTokens() {
        return revokesTokens;
    }

    Duration bodyTime() {
        return bodyTime;
    }

    boolean dropsConditions() {
        return dropsConditions;
    }

    Set<String> ignoredColumns() {
        return ignoredColumns;
    }

    /** The answer of {@link Ending#REPLACED}. */
    Answer answer() {
        if (refusal != null) {
            return Answer.of(refusal);
        }
        Answer answer =
                switch (body) {
                    case EMPTY -> Answer.empty(status);
                    case HTML -> Answer.html(status, status == 200 ? "Log in" : "Service unavailable");
                    case JSON ->
                        status < 400
                                ? Answer.json(status, Map.of("result", Map.of()))
                                : Answer.error(status, message(), null);
                };
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private String message() {
        return switch (status) {
            case 401 -> "User Not Authenticated";
            case 403 -> "User Not Authorized";
            case 404 -> "No Record found";
            case 429 -> "Rate limit exceeded";
            default -> "Exception while executing request: transaction failed";
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
