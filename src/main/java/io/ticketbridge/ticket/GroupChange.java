package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What one page brings for one group: the findings that are news, and the one that speaks for it. */
public final class GroupChange {
    private final GroupIdentity key;
    private final List<Finding> findings = new ArrayList<>();
    private Head head;

    public GroupChange(GroupIdentity key) {
        this.key = key;
    }

    public void add(Finding finding) {
        findings.add(finding);
        Head candidate = Head.of(finding, finding.id(), key);
        head = head == null ? candidate : head.orBetter(candidate);
    }

    public UUID id() {
        return key.id();
    }

    public GroupIdentity key() {
        return key;
    }

    public List<Finding> findings() {
        return findings;
    }

    public Head head() {
        return head;
    }
}
