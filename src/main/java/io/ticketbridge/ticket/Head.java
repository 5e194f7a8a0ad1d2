package io.ticketbridge.ticket;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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

    /** Empty where it is about resources. */
    public Optional<Subject> subject() {
        return Subject.of(check, attributes);
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
                controls(finding, group),
                finding.attributes(),
                finding.notes().stream().map(Note::words).toList(),
                finding.severity(),
                isFailing(finding));
    }

    private static List<Control> controls(Finding finding, GroupIdentity group) {
        if (group.joined() == null) {
            return finding.controls();
        }
        List<Control> controls = new ArrayList<>(finding.controls().size() + 1);
        controls.add(group.joined());
        controls.addAll(finding.controls());
        return controls;
    }

    /** With these, too; in one order, so that it makes no difference which came first. */
    public Head withControls(Collection<Control> further) {
        if (controls.containsAll(further)) {
            return this;
        }
        TreeSet<Control> others = new TreeSet<>(Control.ORDER);
        others.addAll(controls);
        others.addAll(further);
        List<Control> all = new ArrayList<>(others.size());
        if (!controls.isEmpty() && controls.get(0).framework().isEmpty()) {
            all.add(controls.get(0));
            others.remove(controls.get(0));
        }
        all.addAll(others);
        return new Head(
                finding,
                key,
                title,
                description,
                remediation,
                url,
                check,
                List.copyOf(all),
                attributes,
                notes,
                severity,
                failing);
    }

    /** Whether a ticket that shows the other needs no new text. Which finding speaks for the group makes no difference. */
    public boolean saysTheSameAs(Head other) {
        return title.equals(other.title)
                && description.equals(other.description)
                && attributes.equals(other.attributes)
                && notes.equals(other.notes);
    }

    /** As a ticket shows it that was written while this was the worst of what failed. */
    public Head ofSeverity(Severity other) {
        return new Head(
                finding, key, title, description, remediation, url, check, controls, attributes, notes, other, failing);
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
