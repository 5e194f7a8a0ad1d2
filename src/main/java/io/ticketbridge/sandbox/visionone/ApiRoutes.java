package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Handler;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Checks the key, its role and the size of the body, and finds who answers. */
final class ApiRoutes implements Handler {
    private static final int MAX_BODY = 1_048_576;

    private final Options options;
    private final CaseRoutes cases;
    private final AlertRoutes alerts;
    private final PostureRoutes posture;
    private final AtomicLong traces = new AtomicLong();
    private volatile String token;

    ApiRoutes(Options options, CaseStore cases, AlertStore alerts, PostureStore posture) {
        ListPages pages = new ListPages(options.nextLinks());
        this.options = options;
        this.token = options.token();
        this.cases = new CaseRoutes(options, cases, pages);
        this.alerts = new AlertRoutes(options.clock(), alerts, pages);
        this.posture = new PostureRoutes(options, posture);
    }

    /** The one before is refused from now on. */
    void changeToken(String other) {
        token = other;
    }

    @Override
    public Answer handle(Request request) throws IOException {
        return checked(request).with("x-trace-id", String.format("sandbox-%08d", traces.incrementAndGet()));
    }

    private Answer checked(Request request) throws IOException {
        String authorization = request.header("Authorization").orElse("");
        boolean readOnly = authorization.equals("Bearer " + options.readOnlyToken());
        if (!readOnly && !authorization.equals("Bearer " + token)) {
            return ApiErrors.invalidToken();
        }
        if (request.path().equals("/v3.0/healthcheck/connectivity")
                && request.method().equals("GET")) {
            return Answer.json(200, JsonNodeFactory.instance.objectNode().put("status", "available"));
        }
        if (isBelow(CaseRoutes.CASES, request)) {
            return caseAnswer(request, readOnly);
        }
        if (isBelow(PostureRoutes.BASE, request)) {
            return postureAnswer(request, readOnly);
        }
        return isBelow(AlertRoutes.ALERTS, request) ? alertAnswer(request, readOnly) : ApiErrors.noSuchPath();
    }

    private Answer caseAnswer(Request request, boolean readOnly) throws IOException {
        if (readOnly && request.isWrite()) {
            return CaseErrors.accessDenied();
        }
        // Files have a limit of their own.
        if (isTooLarge(request) && !request.path().endsWith("/attachments")) {
            return ApiErrors.tooLarge();
        }
        try {
            return cases.handle(request);
        } catch (BadRequest e) {
            return CaseErrors.badRequest(e.code(), e.getMessage());
        }
    }

    private Answer alertAnswer(Request request, boolean readOnly) throws IOException {
        if (readOnly && request.isWrite()) {
            return AlertErrors.accessDenied();
        }
        if (isTooLarge(request)) {
            return ApiErrors.tooLarge();
        }
        try {
            return alerts.handle(request);
        } catch (BadRequest e) {
            return AlertErrors.badRequest();
        }
    }

    private Answer postureAnswer(Request request, boolean readOnly) throws IOException {
        if (readOnly && request.isWrite()) {
            return PostureErrors.accessDenied();
        }
        try {
            return posture.handle(request);
        } catch (BadRequest e) {
            return PostureErrors.badRequest(e.getMessage());
        }
    }

    private static boolean isTooLarge(Request request) {
        return request.body().length > MAX_BODY;
    }

    private static boolean isBelow(String path, Request request) {
        return request.path().equals(path) || request.path().startsWith(path + "/");
    }
}
