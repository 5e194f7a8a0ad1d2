package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A group of the page, on its way into the ledger. */
final class GroupWrite {
    final UUID id;
    /** Null for the group of an old ticket that only follows. */
    final GroupIdentity key;

    final Map<UUID, Finding> findings = new LinkedHashMap<>();
    final Map<UUID, FindingRow> rows = new HashMap<>();
    boolean isNew = true;
    long version = 1;
    long told;
    Head head;
    private final List<Finding> heard = new ArrayList<>();
    private List<Control> lastControls = List.of();
    private Finding speaker;
    private UUID speakerId;

    GroupWrite(UUID id, GroupIdentity key) {
        this.id = id;
        this.key = key;
    }

    /** The finding that is to speak for the group, among those of the page. */
    void hear(Finding finding, UUID identity) {
        if (speaker == null || Head.speaksBefore(finding, identity, speaker, speakerId)) {
            speaker = finding;
            speakerId = identity;
        }
        // Most findings of a group serve the very same.
        if (finding.result() == Result.FAIL && !finding.controls().equals(lastControls)) {
            lastControls = finding.controls();
            heard.add(finding);
        }
    }

    /** What the page would have the ticket say; null where the group only follows. */
    Head arriving() {
        if (speaker == null) {
            return null;
        }
        Head head = Head.of(speaker, speakerId, key);
        Set<Control> further = new HashSet<>();
        heard.stream()
                .filter(finding -> key.joined() != null || Control.isSameOwn(finding.controls(), speaker.controls()))
                .forEach(finding -> further.addAll(finding.controls()));
        return head.withControls(further);
    }

    /** Whether all that the page brings for it was never more than suppressed: then it owes ServiceNow nothing. */
    boolean isQuiet() {
        return findings.entrySet().stream().allMatch(entry -> {
            FindingRow row = rows.get(entry.getKey());
            return entry.getValue().result() == Result.SUPPRESSED && (row == null || row.result() == Result.SUPPRESSED);
        });
    }

    /** Whether the page says that something in it fails: what is fixed or gone is no reason for another ticket (P7). */
    boolean isFlagged() {
        return findings.values().stream().anyMatch(finding -> finding.result() == Result.FAIL);
    }

    /** Whether something fails in it that did not fail before: that ends the silence of a baseline. */
    boolean hasJoined() {
        return findings.entrySet().stream()
                .anyMatch(entry -> entry.getValue().result() == Result.FAIL
                        && (rows.get(entry.getKey()) == null
                                || rows.get(entry.getKey()).result() != Result.FAIL));
    }
}
