package io.ticketbridge.sandbox.servicenow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that goes wrong with one request. Start from a factory and refine:
 * {@code Fault.status(503).html().retryAfter(Duration.ofSeconds(30))}. Times are real time, not the instance's clock.
 *
 * @param name says what happens; {@link Faults#drawn()} counts by it
 * @param commit whether and when the request takes effect
 * @param ending what the caller gets
 * @param delay wait before anything happens
 * @param delayAfter wait between effect and ending
 * @param commitDelay how long after the ending a late commit comes
 * @param status status of a replaced answer
 * @param body body of a replaced answer
 * @param headers further headers of a replaced answer
 * @param truncateAfter rows after which a list is cut with an error in a 200, or -1
 * @param revokesTokens all tokens end before the request is looked at
 */
public record Fault(
        String name,
        Commit commit,
        Ending ending,
        Duration delay,
        Duration delayAfter,
        Duration commitDelay,
        int status,
        Body body,
        Map<String, String> headers,
        int truncateAfter,
        boolean revokesTokens) {

    /** Whether the request takes effect. */
    public enum Commit {
        NEVER,
        FIRST,
        LATER
    }

    /** What the caller gets: the true answer, another one, a closed connection, or half of the true answer. */
    public enum Ending {
        ANSWER,
        REPLACED,
        CLOSED,
        HALF
    }

    /** The body of a replaced answer. */
    public enum Body {
        JSON,
        HTML,
        EMPTY
    }

    private static Fault of(String name, Commit commit, Ending ending, int status) {
        return new Fault(
                name,
                commit,
                ending,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                status,
                Body.JSON,
                Map.of(),
                -1,
                false);
    }

    /** Answers with that status and an error body, without effect. */
    public static Fault status(int status) {
        return of("status-" + status, Commit.NEVER, Ending.REPLACED, status);
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
        return of("closed-before-commit", Commit.NEVER, Ending.CLOSED, 0);
    }

    /** The request takes effect, then the connection closes without an answer. */
    public static Fault closedAfterCommit() {
        return of("closed-after-commit", Commit.FIRST, Ending.CLOSED, 0);
    }

    /** The connection closes at once; the request takes effect that much later. */
    public static Fault commitAfterClose(Duration later) {
        Fault fault = of("commit-after-close", Commit.LATER, Ending.CLOSED, 0);
        return new Fault(
                fault.name,
                fault.commit,
                fault.ending,
                Duration.ZERO,
                Duration.ZERO,
                later,
                0,
                Body.JSON,
                Map.of(),
                -1,
                false);
    }

    /** The request takes effect; of the answer half the body arrives. */
    public static Fault halfAnswer() {
        return of("half-answer", Commit.FIRST, Ending.HALF, 0);
    }

    /** A true answer, late; the effect is late as well. */
    public static Fault slow(Duration delay) {
        return of("slow", Commit.FIRST, Ending.ANSWER, 0).delayed(delay);
    }

    /** The request takes effect at once; its answer comes late. */
    public static Fault slowAnswer(Duration delay) {
        return of("slow-answer", Commit.FIRST, Ending.ANSWER, 0).delayedAfterCommit(delay);
    }

    /** A list of at most that many rows, with status 200 and an {@code error} beside the result. */
    public static Fault truncatedList(int rows) {
        Fault fault = of("truncated-list", Commit.FIRST, Ending.ANSWER, 0);
        return new Fault(
                fault.name,
                fault.commit,
                fault.ending,
                fault.delay,
                fault.delayAfter,
                fault.commitDelay,
                fault.status,
                fault.body,
                fault.headers,
                rows,
                false);
    }

    /** All tokens are revoked, so that a bearer token gets its 401; other credentials go on. */
    public static Fault tokensRevoked() {
        Fault fault = of("tokens-revoked", Commit.FIRST, Ending.ANSWER, 0);
        return new Fault(
                fault.name,
                fault.commit,
                fault.ending,
                fault.delay,
                fault.delayAfter,
                fault.commitDelay,
                fault.status,
                fault.body,
                fault.headers,
                -1,
                true);
    }

    public Fault html() {
        return with(name + "-html", commit, delay, delayAfter, Body.HTML, headers);
    }

    public Fault emptyBody() {
        return with(name + "-empty", commit, delay, delayAfter, Body.EMPTY, headers);
    }

    /** Adds {@code Retry-After} in seconds. */
    public Fault retryAfter(Duration wait) {
        return header("Retry-After", String.valueOf(wait.toSeconds()));
    }

    public Fault header(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return with(name, commit, delay, delayAfter, body, Map.copyOf(more));
    }

    /** The request takes effect before the replaced answer goes out. */
    public Fault afterCommit() {
        return with(name + "-after-commit", Commit.FIRST, delay, delayAfter, body, headers);
    }

    /** Waits before anything else. */
    public Fault delayed(Duration wait) {
        return with(name, commit, wait, delayAfter, body, headers);
    }

    /** Waits between effect and ending. */
    public Fault delayedAfterCommit(Duration wait) {
        return with(name, commit, delay, wait, body, headers);
    }

    public Fault named(String other) {
        return with(other, commit, delay, delayAfter, body, headers);
    }

    private Fault with(
            String otherName,
            Commit otherCommit,
            Duration otherDelay,
            Duration otherDelayAfter,
            Body otherBody,
            Map<String, String> otherHeaders) {
        return new Fault(
                otherName,
                otherCommit,
                ending,
                otherDelay,
                otherDelayAfter,
                commitDelay,
                status,
                otherBody,
                otherHeaders,
                truncateAfter,
                revokesTokens);
    }

    Answer answer() {
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
}
