package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.run.Run;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over an instance while it is read: first all requirements, then the resources of their controls. One thread works on it. */
public final class ControlScan {
    private static final int WORTH_A_TRANSACTION = 1000;
    private static final int SHOWN = 3;
    private static final int SHOWN_ZONES = 10;
    private static final Logger LOG = LoggerFactory.getLogger(ControlScan.class);

    private final String flow;
    private final String scope;
    private final Instant now;
    private final RequirementPages requirements;
    private final ResourcePages lists = new ResourcePages();
    private final Map<String, PostureControl> controls = new LinkedHashMap<>();
    private final Deque<SourceRecord> collected = new ArrayDeque<>();
    private ControlFindings open;

    ControlScan(String flow, String scope, RequirementPages requirements, Instant now) {
        this.flow = flow;
        this.scope = scope;
        this.requirements = requirements;
        this.now = now;
    }

    public RequirementPages getRequirements() {
        return requirements;
    }

    public ResourcePages getLists() {
        return lists;
    }

    boolean isEmpty() {
        return controls.isEmpty();
    }

    void take(List<JsonNode> page) {
        page.forEach(requirement -> requirement.path("controls").forEach(control -> {
            String id = control.path("id").asText("");
            if (id.isBlank()) {
                collected.add(new Unreadable(control.toString(), "A control must have an id"));
            } else {
                controls.computeIfAbsent(id, first -> new PostureControl(control))
                        .add(requirement, control);
            }
        }));
    }

    /** All requirements are known: says what to read of their controls. */
    void askFor(KnownZones zones) {
        for (PostureControl control : controls.values()) {
            // Before anything of it is stored: else a scan that breaks off would leave failures of a zone that nobody
            // knows of.
            zones.remember(flow, control);
            // Where it proves nothing by absence, passes are all that ends a failure.
            lists.add(control, control.toRead(zones.isNarrower(flow, control)));
            if (control.isClosed()) {
                control.gap("it names no list of the posture API");
            }
        }
    }

    void take(ResourcePage page) {
        if (open == null) {
            open = new ControlFindings(scope, page.control(), now);
            if (page.control().isClosed()) {
                // One of its lists can't be asked for, and may say otherwise of a resource that passes here.
                open.breakOff();
            }
        }
        open.take(page);
        if (page.endsControl()) {
            collected.addAll(open.records());
            open = null;
        }
    }

    public boolean isWorthATransaction() {
        return collected.size() >= WORTH_A_TRANSACTION;
    }

    /** Whether anything is left, also of a control whose last page did not come. */
    public boolean isAnyLeft() {
        if (open != null) {
            open.breakOff();
            collected.addAll(open.records());
            open = null;
        }
        return !collected.isEmpty();
    }

    /** Hands out what was collected, once, as much as is worth a transaction. */
    List<SourceRecord> collected() {
        List<SourceRecord> out = new ArrayList<>();
        while (!collected.isEmpty() && out.size() < WORTH_A_TRANSACTION) {
            out.add(collected.remove());
        }
        return out;
    }

    /**
     * Says what the scan proves. A control that is in no requirement any more is not among it.
     *
     * @param othersGone whether what was in zones that are not read any more is believed to be gone
     */
    void prove(Run run, KnownZones zones, boolean othersGone) {
        Set<String> missing = new TreeSet<>();
        int narrower = 0;
        for (PostureControl control : controls.values()) {
            boolean isWhole = control.gaps().isEmpty() && !control.isManual();
            if (isWhole && othersGone && !zones.missing(flow, control).isEmpty()) {
                zones.forgetOthers(flow, control);
            }
            if (isWhole && !zones.isNarrower(flow, control)) {
                run.coversCheck(scope, control.id(), control.namesAny());
                continue;
            }
            run.leavesOpen(scope, control.id());
            if (isWhole) {
                narrower++;
                missing.addAll(zones.missing(flow, control));
            }
        }
        if (narrower > 0) {
            sayNarrower(narrower, missing);
        }
        run.complete();
    }

    private void sayNarrower(int narrower, Set<String> missing) {
        LOG.warn(
                "Controls are read in fewer zones than before, so that none of their failures is taken for gone: a passing result alone"
                        + " ends one. If what was in these zones is gone for good, set ticketbridge.flow.{}.former-source-gone=true for"
                        + " one pass. flow={} controls={} zones=\"{}\"",
                flow,
                flow,
                narrower,
                missing.stream().limit(SHOWN_ZONES).map(PlainText::oneLine).collect(Collectors.joining(", "))
                        + (missing.size() > SHOWN_ZONES ? " and " + (missing.size() - SHOWN_ZONES) + " more" : ""));
    }

    /** What could not be read whole, in one sentence; empty if all was. */
    public String getMissing() {
        List<PostureControl> missing = controls.values().stream()
                .filter(control -> !control.gaps().isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Of " + missing.size() + " of " + controls.size()
                + " controls not all resources could be read; they are read again by the next pass:");
        missing.stream().limit(SHOWN).forEach(control -> text.append(' ')
                .append(control.name())
                .append(" (")
                .append(control.id())
                .append("): ")
                .append(control.gaps().get(0))
                .append(';'));
        text.setLength(text.length() - 1);
        return missing.size() > SHOWN ? text + " and " + (missing.size() - SHOWN) + " more" : text.toString();
    }
}
