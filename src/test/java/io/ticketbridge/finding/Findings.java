package io.ticketbridge.finding;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Findings for tests: everything has a sensible value, and a test changes what it is about. */
public record Findings(Finding finding) {
    public static Findings of(String check, String resource) {
        return new Findings(new Finding(
                "aws",
                "123456789012",
                "eu-west-1",
                check,
                new Resource(resource, "", "bucket"),
                Result.FAIL,
                Severity.MEDIUM,
                "Title of " + check,
                "seen on " + resource,
                "Description of " + check,
                "Switch it on",
                "https://docs.example/" + check,
                List.of(),
                Instant.parse("2026-11-01T00:00:00Z"),
                Map.of("provider", "aws"),
                List.of()));
    }

    public static Finding fail(String check, String resource) {
        return of(check, resource).finding();
    }

    public static Finding pass(String check, String resource) {
        return of(check, resource).with(Result.PASS).finding();
    }

    public static Finding suppressed(String check, String resource) {
        return of(check, resource).with(Result.SUPPRESSED).finding();
    }

    public static Finding inconclusive(String check, String resource) {
        return of(check, resource).with(Result.INCONCLUSIVE).finding();
    }

    public Findings scope(String scope) {
        return copy(scope, finding.account(), finding.region(), finding.check(), finding.resource());
    }

    public Findings account(String account) {
        return copy(finding.scope(), account, finding.region(), finding.check(), finding.resource());
    }

    public Findings region(String region) {
        return copy(finding.scope(), finding.account(), region, finding.check(), finding.resource());
    }

    public Findings check(String check) {
        return copy(finding.scope(), finding.account(), finding.region(), check, finding.resource());
    }

    public Findings resource(Resource resource) {
        return copy(finding.scope(), finding.account(), finding.region(), finding.check(), resource);
    }

    private Findings copy(String scope, String account, String region, String check, Resource resource) {
        return new Findings(new Finding(
                scope,
                account,
                region,
                check,
                resource,
                finding.result(),
                finding.severity(),
                finding.title(),
                finding.message(),
                finding.description(),
                finding.remediation(),
                finding.url(),
                finding.controls(),
                finding.observedAt(),
                finding.attributes(),
                finding.notes()));
    }

    public Findings with(Result result) {
        return said(result, finding.severity(), finding.title(), finding.message(), finding.description());
    }

    public Findings with(Severity severity) {
        return said(finding.result(), severity, finding.title(), finding.message(), finding.description());
    }

    public Findings title(String title) {
        return said(finding.result(), finding.severity(), title, finding.message(), finding.description());
    }

    public Findings message(String message) {
        return said(finding.result(), finding.severity(), finding.title(), message, finding.description());
    }

    public Findings description(String description) {
        return said(finding.result(), finding.severity(), finding.title(), finding.message(), description);
    }

    private Findings said(Result result, Severity severity, String title, String message, String description) {
        return new Findings(new Finding(
                finding.scope(),
                finding.account(),
                finding.region(),
                finding.check(),
                finding.resource(),
                result,
                severity,
                title,
                message,
                description,
                finding.remediation(),
                finding.url(),
                finding.controls(),
                finding.observedAt(),
                finding.attributes(),
                finding.notes()));
    }

    public Findings help(String remediation, String url) {
        return told(remediation, url, finding.controls(), finding.observedAt(), finding.attributes(), finding.notes());
    }

    public Findings controls(Control... controls) {
        return told(
                finding.remediation(),
                finding.url(),
                List.of(controls),
                finding.observedAt(),
                finding.attributes(),
                finding.notes());
    }

    public Findings observedAt(Instant at) {
        return told(
                finding.remediation(), finding.url(), finding.controls(), at, finding.attributes(), finding.notes());
    }

    public Findings attributes(Map<String, String> attributes) {
        return told(
                finding.remediation(),
                finding.url(),
                finding.controls(),
                finding.observedAt(),
                attributes,
                finding.notes());
    }

    public Findings notes(Note... notes) {
        return told(
                finding.remediation(),
                finding.url(),
                finding.controls(),
                finding.observedAt(),
                finding.attributes(),
                List.of(notes));
    }

    private Findings told(
            String remediation,
            String url,
            List<Control> controls,
            Instant observedAt,
            Map<String, String> attributes,
            List<Note> notes) {
        return new Findings(new Finding(
                finding.scope(),
                finding.account(),
                finding.region(),
                finding.check(),
                finding.resource(),
                finding.result(),
                finding.severity(),
                finding.title(),
                finding.message(),
                finding.description(),
                remediation,
                url,
                controls,
                observedAt,
                attributes,
                notes));
    }
}
