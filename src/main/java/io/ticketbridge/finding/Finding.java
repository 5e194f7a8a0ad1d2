package io.ticketbridge.finding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * One observation about one thing: a case, an alert, or one evaluation of one check on one resource.
 *
 * @param scope the source's instance and scope: with account, region, check and resource the identity (P3)
 * @param account the cloud account or tenant, or empty
 * @param region the cloud region, or empty
 * @param check id of the check ({@code accessanalyzer_enabled}); {@code case} for cases
 * @param resource the thing checked
 * @param result what the source said
 * @param severity how bad it is
 * @param title one line that names the problem: the check's title, the case's name
 * @param message what was seen on this resource; may differ at each scan ("key is 91 days old")
 * @param description what the check or case is about
 * @param remediation what to do about it
 * @param url where to read more
 * @param controls the controls and requirements that the check serves, the source's own (empty framework) first
 * @param observedAt when the source saw it (UTC)
 * @param attributes what only this source has, for filters and templates
 * @param notes the notes on a case or alert, oldest first
 */
public record Finding(
        String scope,
        String account,
        String region,
        String check,
        Resource resource,
        Result result,
        Severity severity,
        String title,
        String message,
        String description,
        String remediation,
        String url,
        List<Control> controls,
        Instant observedAt,
        Map<String, String> attributes,
        List<Note> notes)
        implements SourceRecord {

    /** Version of the identity recipe. A new one must come with a migration that keeps existing groups (P3). */
    public static final String RECIPE = "1";

    /**
     * Attributes with the region and account that a scan wrote where neither is of the thing: they depend on how it was made, and are in neither
     * identity nor content.
     */
    public static final String SCAN_REGION = "scanRegion";

    public static final String SCAN_ACCOUNT = "scanAccount";
    private static final Set<String> OF_THE_SCAN = Set.of(SCAN_REGION, SCAN_ACCOUNT);

    public Finding {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(result, "result");
        scope = text(scope);
        account = text(account);
        region = text(region);
        check = text(check);
        severity = severity == null ? Severity.UNKNOWN : severity;
        title = text(title);
        message = text(message);
        description = text(description);
        remediation = text(remediation);
        url = text(url);
        controls = controls == null ? List.of() : List.copyOf(controls);
        observedAt = observedAt == null ? Instant.EPOCH : observedAt;
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** The identity: a digest over the fields that never change, and over nothing else (P3). */
    public UUID id() {
        return id(scope, account, region, check, resource.uid());
    }

    /** The same of another scope. */
    public Finding in(String other) {
        return placed(other, account, region, resource);
    }

    /** The identity of what has these fields. */
    public static UUID id(String scope, String account, String region, String check, String resource) {
        return Digest.of(RECIPE, scope, account, region, check, resource);
    }

    /**
     * A digest over what a ticket shows. The message and the time of observation are left out: they differ at each scan
     * and would make news of every rescan. So are the controls: which groups a finding belongs to is compared by itself.
     */
    public UUID content() {
        List<String> values = new ArrayList<>(5 + 2 * attributes.size() + 3 * notes.size());
        values.add(result.name());
        values.add(severity.name());
        values.add(title);
        values.add(description);
        // How many there are of each keeps one list from running into the next.
        String[] names = attributes.keySet().stream()
                .filter(name -> !OF_THE_SCAN.contains(name))
                .sorted()
                .toArray(String[]::new);
        values.add(String.valueOf(names.length));
        for (String name : names) {
            values.add(name);
            values.add(attributes.get(name));
        }
        for (Note note : notes) {
            values.add(note.id());
            values.add(note.text());
            values.add(String.join(" ", note.files()));
        }
        return Digest.of(values);
    }

    /** The same in another place, under another id of its resource. */
    public Finding at(String otherAccount, String otherRegion, String otherUid) {
        return placed(scope, otherAccount, otherRegion, new Resource(otherUid, resource.name(), resource.type()));
    }

    private Finding placed(String itsScope, String itsAccount, String itsRegion, Resource itsResource) {
        return new Finding(
                itsScope,
                itsAccount,
                itsRegion,
                check,
                itsResource,
                result,
                severity,
                title,
                message,
                description,
                remediation,
                url,
                controls,
                observedAt,
                attributes,
                notes);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
