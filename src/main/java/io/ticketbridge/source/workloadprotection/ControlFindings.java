package io.ticketbridge.source.workloadprotection;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the lists of one control say of its resources: each once, with the worst that is said of it, for a risk may be accepted in
 * one zone and not in another. It holds the resources of one control, never those of a scan (P36).
 */
final class ControlFindings {
    private final PostureControl control;
    private final ResourceNormaliser normaliser;
    private final Map<UUID, Finding> worst = new LinkedHashMap<>();
    private final List<SourceRecord> unreadable = new ArrayList<>();
    private boolean missing;

    ControlFindings(String scope, PostureControl control, Instant now) {
        this.control = control;
        this.normaliser = new ResourceNormaliser(scope, control, now);
    }

    void take(ResourcePage page) {
        page.resources().forEach(resource -> {
            SourceRecord record = normaliser.finding(resource);
            if (record instanceof Finding finding) {
                worst.merge(finding.id(), finding, (one, two) -> two.result().isWorseThan(one.result()) ? two : one);
                control.named();
            } else {
                unreadable.add(record);
            }
        });
        page.gap().ifPresent(gap -> {
            control.gap(gap.why());
            missing |= gap.missing();
        });
    }

    /** Where resources are missing only failures count: what was not read could overrule a pass, or that a risk is accepted. */
    List<SourceRecord> records() {
        List<SourceRecord> records = new ArrayList<>(unreadable);
        worst.values().stream()
                .filter(finding -> !missing || finding.result() == Result.FAIL)
                .forEach(records::add);
        return records;
    }

    /** Its last page does not come. */
    void breakOff() {
        missing = true;
    }
}
