package io.ticketbridge.deliver;

import io.ticketbridge.deliver.instance.Dictionary;
import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.deliver.text.TicketText;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Wording;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Takes the profile's template off a ticket's text, by what stands before and after the case's own text in it. That can be
 * told where the template holds the text once and unchanged.
 */
final class TemplateWording implements Wording {
    /** A text that no case has: it finds its place in the template. */
    private static final String PLACE = "\uE000ticketbridge\uE001";

    private static final Map<Severity, String> PRIORITIES =
            Map.of(Severity.CRITICAL, "P0", Severity.HIGH, "P1", Severity.MEDIUM, "P2", Severity.LOW, "P3");

    private final Templates templates;
    private final Map<String, String> columns = new HashMap<>();
    private final Function<Finding, TicketText> text;
    private final Finding sourced;
    private final Dictionary dictionary;

    TemplateWording(
            Templates templates,
            Map<String, String> defaults,
            Map<String, String> own,
            Function<Finding, TicketText> text,
            Finding sourced,
            Dictionary dictionary) {
        this.templates = templates;
        this.columns.putAll(defaults);
        this.columns.putAll(own);
        this.text = text;
        this.sourced = sourced;
        this.dictionary = dictionary;
    }

    @Override
    public String shown(SyncField field, String sourceText) {
        return fitting(field, rendered(field, sourceText));
    }

    @Override
    public Optional<String> inner(SyncField field, String ticketText) {
        String template = columns.get(column(field));
        if (template == null || wasCut(field)) {
            return Optional.empty();
        }
        String around = clean(field, rendered(field, PLACE));
        int at = around.indexOf(PLACE);
        if (at < 0 || around.indexOf(PLACE, at + 1) >= 0) {
            return Optional.empty();
        }
        String before = around.substring(0, at);
        String after = around.substring(at + PLACE.length());
        String whole = ticketText.replace("\r\n", "\n");
        if (whole.length() >= before.length() + after.length() && whole.startsWith(before) && whole.endsWith(after)) {
            return Optional.of(whole.substring(before.length(), whole.length() - after.length()));
        }
        // Somebody wrote over the template: what of it is the case's own text can't be told.
        return Optional.empty();
    }

    @Override
    public boolean isOfAnotherSeverity(SyncField field, String sourceText, String ticketText) {
        String whole = plain(ticketText);
        return !plain(shown(field, sourceText)).equals(whole)
                && Stream.of(Severity.values())
                        .filter(severity -> severity != sourced.severity())
                        .map(severity -> fitting(field, rendered(with(as(severity), field, sourceText), field)))
                        .anyMatch(text -> plain(text).equals(whole));
    }

    /** With what a case or alert says of it: a template may ask for either. */
    private Finding as(Severity severity) {
        Map<String, String> attributes = new HashMap<>(sourced.attributes());
        attributes.computeIfPresent("priority", (name, now) -> PRIORITIES.getOrDefault(severity, now));
        attributes.computeIfPresent("severity", (name, now) -> severity.name().toLowerCase(Locale.ROOT));
        return new Finding(
                sourced.scope(),
                sourced.account(),
                sourced.region(),
                sourced.check(),
                sourced.resource(),
                sourced.result(),
                severity,
                sourced.title(),
                sourced.message(),
                sourced.description(),
                sourced.remediation(),
                sourced.url(),
                sourced.controls(),
                sourced.observedAt(),
                attributes,
                sourced.notes());
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").stripTrailing();
    }

    /** Of a text that the column can't hold the end would be lost. */
    private boolean wasCut(SyncField field) {
        String own = field == SyncField.NAME ? sourced.title() : sourced.description();
        return clean(field, rendered(field, own)).length() > dictionary.length(column(field));
    }

    private String rendered(SyncField field, String sourceText) {
        return rendered(with(sourced, field, sourceText), field);
    }

    private String rendered(Finding of, SyncField field) {
        String template = columns.get(column(field));
        return template == null ? "" : templates.text(template, text.apply(of));
    }

    private String fitting(SyncField field, String rendered) {
        return PlainText.cut(clean(field, rendered), dictionary.length(column(field)));
    }

    private static String clean(SyncField field, String text) {
        return field == SyncField.NAME ? PlainText.oneLine(text) : PlainText.lines(text);
    }

    private static String column(SyncField field) {
        return field == SyncField.NAME ? "short_description" : "description";
    }

    private static Finding with(Finding of, SyncField field, String sourceText) {
        boolean name = field == SyncField.NAME;
        return new Finding(
                of.scope(),
                of.account(),
                of.region(),
                of.check(),
                of.resource(),
                of.result(),
                of.severity(),
                name ? sourceText : of.title(),
                of.message(),
                name ? of.description() : sourceText,
                of.remediation(),
                of.url(),
                of.controls(),
                of.observedAt(),
                of.attributes(),
                of.notes());
    }
}
