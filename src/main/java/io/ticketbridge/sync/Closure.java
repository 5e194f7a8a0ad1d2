package io.ticketbridge.sync;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnIdleClosure;
import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.LeftOpen;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** A case was closed: whether that closes its ticket, and why. Not every closure of a case is a fix (P27). */
final class Closure {
    static final String CLOSED = "Closed";

    /** Vision One closes what nobody touched for 60 days, each midnight (vision-one.md, section 2.9). */
    private static final Duration IDLE = Duration.ofDays(60);

    /** What was closed later than the first midnight behind that had been touched meanwhile, though it is not known when. */
    private static final Duration SWEPT = IDLE.plusDays(2);

    /** What is noted so shortly before it was closed is said with the closing. */
    private static final Duration CLOSING = Duration.ofHours(1);

    private final FlowSettings flow;
    private final Pair pair;
    private final Sourced sourced;
    private final Finding finding;
    private final TicketRecord record;
    private final PlanDraft draft;

    Closure(FlowSettings flow, Pair pair, Sourced sourced, TicketRecord record, PlanDraft draft) {
        this.flow = flow;
        this.pair = pair;
        this.sourced = sourced;
        this.finding = sourced.finding().orElseThrow();
        this.record = record;
        this.draft = draft;
    }

    /** Somebody picks up a ticket that was only left open: no news to the case, which is closed for all that. */
    void leaveAlone(Translation translation) {
        if (wasLeftOpen(translation)
                && CLOSED.equals(finding.attributes().get("status"))
                && draft.toSource.containsKey(SyncField.STATUS)
                && !CLOSED.equals(draft.toSource.get(SyncField.STATUS))) {
            draft.toSource.remove(SyncField.STATUS);
            draft.agreed.put(SyncField.STATUS, new Both(CLOSED, record.fields().get(SyncField.STATUS)));
        }
    }

    /** Whether both sides agreed on a closed case whose ticket stays open: resolve-when-fixed is off, or it was idle. */
    private boolean wasLeftOpen(Translation translation) {
        Both status = pair.agreement().fields().get(SyncField.STATUS);
        return status != null
                && CLOSED.equals(status.source())
                && !translation.agrees(SyncField.STATUS, CLOSED, status.ticket());
    }

    /** @return why the ticket is closed, if it is; not every closure of a case is a fix (P27) */
    String why() {
        if (!CLOSED.equals(draft.toServiceNow.get(SyncField.STATUS))) {
            return "";
        }
        if (wasIdle()) {
            String cause = LeftOpen.IDLE.said(finding.check());
            if (flow.onIdleClosure() == OnIdleClosure.COMMENT) {
                leaveOpen(cause + ". The ticket stays open");
            }
            return cause;
        }
        if (!flow.resolveWhenFixed()) {
            leaveOpen(LeftOpen.PEOPLE_RESOLVE.said(finding.check()));
        }
        String findings = finding.attributes().getOrDefault("findings", "");
        return "The " + finding.check() + " was closed in Vision One"
                + (findings.isEmpty() ? "" : ", findings: " + findings);
    }

    private void leaveOpen(String line) {
        draft.lines.add(line);
        draft.toServiceNow.remove(SyncField.STATUS);
        draft.toServiceNow.remove(SyncField.FINDINGS);
        draft.agreed.put(SyncField.STATUS, new Both(CLOSED, record.fields().get(SyncField.STATUS)));
        // What was found is told when the ticket is closed.
        draft.putBase(SyncField.FINDINGS);
    }

    private boolean wasIdle() {
        Both findings = pair.agreement().fields().get(SyncField.FINDINGS);
        return sourced.closedAt() != null
                && pair.sourceUpdatedAt() != null
                && isIdle(Duration.between(lastTouched(), sourced.closedAt()))
                && (findings == null
                        || SyncMaps.isSame(
                                findings.source(), SourceFields.of(finding).get(SyncField.FINDINGS)));
    }

    private static boolean isIdle(Duration untouched) {
        return untouched.compareTo(IDLE) >= 0 && untouched.compareTo(SWEPT) < 0;
    }

    /** As far as it was seen: nobody may have looked for long. */
    private Instant lastTouched() {
        return finding.notes().stream()
                .map(Note::at)
                .filter(at -> at.isBefore(sourced.closedAt().minus(CLOSING)))
                .max(Comparator.naturalOrder())
                .filter(pair.sourceUpdatedAt()::isBefore)
                .orElse(pair.sourceUpdatedAt());
    }
}
