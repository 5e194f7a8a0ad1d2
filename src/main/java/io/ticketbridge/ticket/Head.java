package io.ticketbridge.ticket;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a group's ticket says besides its list of resources: taken from one finding that speaks for the group.
 *
 * @param finding the finding it was taken from; the smallest id wins among equals, so that order does not matter
 */
public record Head(
        UUID finding,
        String key,
        String title,
        String description,
        String remediation,
        String url,
        String check,
        List<Control> controls,
        Map<String, String> attributes,
        List<Note> notes,
        Severity severity,
        boolean failing) {

    /** What stands for the check of a summary ticket, which tells what breakers hold. */
    public static final String STORM = "storm";

    public boolean isStorm() {
        return check.equals(STORM);
    }

    public static Head of(Finding finding, UUID id, GroupIdentity group) {
        return new Head(
                id,
                group.label(),
                finding.title(),
                finding.description(),
                finding.remediation(),
                finding.url(),
                finding.check(),
                finding.controls(),
                finding.attributes(),
                finding.notes(),
                finding.severity(),
                isFailing(finding));
    }

    /** Whether a ticket that shows the other needs no new text. Which finding speaks for the group makes no difference. */
    public boolean saysTheSameAs(Head other) {
        return title.equals(other.title)
                && description.equals(other.description)
                && attributes.equals(other.attributes)
                && notes.equals(other.notes);
    }

    /** The same, taken from a finding that was given another id. */
    public Head spokenBy(UUID id) {
        return new Head(
                id, key, title, description, remediation, url, check, controls, attributes, notes, severity, failing);
    }

    public Head orBetter(Head other) {
        return speaksBefore(other.failing, other.severity, other.finding, failing, severity, finding) ? other : this;
    }

    /** The same of two findings, before a head is made of the one that speaks. */
    public static boolean speaksBefore(Finding one, UUID id, Finding other, UUID otherId) {
        return speaksBefore(isFailing(one), one.severity(), id, isFailing(other), other.severity(), otherId);
    }

    /** Failing speaks before passing, then the worse severity, then the smaller id. */
    private static boolean speaksBefore(
            boolean failing, Severity severity, UUID id, boolean otherFailing, Severity otherSeverity, UUID otherId) {
        if (failing != otherFailing) {
            return failing;
        }
        int bySeverity = severity.compareTo(otherSeverity);
        return bySeverity != 0 ? bySeverity > 0 : id.compareTo(otherId) < 0;
    }

    private static boolean isFailing(Finding finding) {
        return finding.result() == Result.FAIL;
    }
}
