package io.ticketbridge.ticket;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
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
                finding.result() == io.ticketbridge.finding.Result.FAIL);
    }

    /** Whether a ticket that shows the other needs no new text. Which finding speaks for the group makes no difference. */
    public boolean saysTheSameAs(Head other) {
        return title.equals(other.title)
                && description.equals(other.description)
                && attributes.equals(other.attributes)
                && notes.equals(other.notes);
    }

    /** Failing speaks before passing, then the worse severity, then the smaller id. */
    public Head orBetter(Head other) {
        if (other.failing != failing) {
            return other.failing ? other : this;
        }
        int bySeverity = other.severity.compareTo(severity);
        if (bySeverity != 0) {
            return bySeverity > 0 ? other : this;
        }
        return other.finding.compareTo(finding) < 0 ? other : this;
    }
}
