package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What one page brings for one group: the findings that are news. */
public final class GroupChange {
    private final GroupIdentity key;
    private final UUID id;
    private final List<Finding> findings = new ArrayList<>();

    public GroupChange(GroupIdentity key, UUID id) {
        this.key = key;
        this.id = id;
    }

    public void add(Finding finding) {
        findings.add(finding);
    }

    public UUID id() {
        return id;
    }

    public GroupIdentity key() {
        return key;
    }

    public List<Finding> findings() {
        return findings;
    }
}
