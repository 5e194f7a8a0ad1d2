package io.ticketbridge.sync;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.sync.Merged.Overruled;
import io.ticketbridge.sync.Merged.Untranslated;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The three-way merge, field by field, against what both sides last agreed on (P24). Pure.
 *
 * <p>A side changed a field if its value differs from the base: what ticketbridge wrote itself is in the base and so is no
 * change (P25). A value that is empty says nothing, apart from the source's description, which may be emptied: that of a ticket
 * is empty, too, where the user may not read it any more. A field that the ticket lacks altogether was not read, and is left
 * alone.
 *
 * <p>Findings belong to closing: what the source found while its ticket is open waits, with its base, until the ticket is
 * closed, and is then told or overruled like any other change.
 */
public final class Merge {
    private static final String CLOSED = "Closed";
    /** What a case or alert says of its findings while nobody has looked. */
    private static final String UNDECIDED = "NoFindings";

    private final Map<SyncField, Both> base;
    private final Map<SyncField, String> source;
    private final Map<SyncField, String> ticket;
    private final Translation translation;
    private final Map<SyncField, Side> owners;
    private final Set<SyncField> writable;

    private final Map<SyncField, String> toServiceNow = new EnumMap<>(SyncField.class);
    private final Map<SyncField, String> toVisionOne = new EnumMap<>(SyncField.class);
    private final List<Overruled> overruled = new ArrayList<>();
    private final List<Untranslated> untranslated = new ArrayList<>();
    private final List<String> unmappedStates = new ArrayList<>();
    private final Map<SyncField, Both> agreed = new EnumMap<>(SyncField.class);

    private Merge(
            Map<SyncField, Both> base,
            Map<SyncField, String> source,
            Map<SyncField, String> ticket,
            Translation translation,
            Map<SyncField, Side> owners,
            Set<SyncField> writable) {
        this.base = base;
        this.source = source;
        this.ticket = ticket;
        this.translation = translation;
        this.owners = owners;
        this.writable = writable;
    }

    /**
     * @param base what both sides last agreed on; a field that is not in it is met for the first time, and its owner's value
     *     wins without a note
     * @param source the case's or alert's values
     * @param ticket the raw values of the ticket's columns
     * @param owners whose value wins where both sides changed it
     * @param writableAtSource the fields that the source's API takes
     */
    public static Merged merge(
            Map<SyncField, Both> base,
            Map<SyncField, String> source,
            Map<SyncField, String> ticket,
            Translation translation,
            Map<SyncField, Side> owners,
            Set<SyncField> writableAtSource) {
        return new Merge(base, source, ticket, translation, owners, writableAtSource).merged();
    }

    private Merged merged() {
        // The enum begins with the status, which decides whether findings are told.
        for (SyncField field : SyncField.values()) {
            Optional.ofNullable(base.get(field)).ifPresent(both -> agreed.put(field, both));
            if (ticket.get(field) != null) {
                field(field);
            }
        }
        closeWithFindings();
        boolean closesSource = CLOSED.equalsIgnoreCase(toVisionOne.get(SyncField.STATUS));
        return new Merged(
                toServiceNow,
                toVisionOne,
                overruled,
                untranslated,
                unmappedStates,
                closesSource && !knowsFindings(),
                agreed);
    }

    /** What the source begins with is a result only where the ticket, too, says that nothing was found. */
    private boolean knowsFindings() {
        String ours = source.get(SyncField.FINDINGS);
        if (toVisionOne.containsKey(SyncField.FINDINGS) || toServiceNow.containsKey(SyncField.FINDINGS)) {
            return true;
        }
        return says(SyncField.FINDINGS, ours) && (!SyncMaps.isSame(ours, UNDECIDED) || codeSays(UNDECIDED));
    }

    private boolean codeSays(String findings) {
        String code = ticket.getOrDefault(SyncField.FINDINGS, "");
        return !code.isEmpty() && translation.agrees(SyncField.FINDINGS, findings, code);
    }

    private void field(SyncField field) {
        String ours = source.get(field);
        String theirs = ticket.get(field);
        Both before = base.get(field);
        boolean oursChanged = says(field, ours) && (before == null || !isSame(field, ours, before.source()));
        boolean theirsChanged = !theirs.isBlank() && (before == null || !theirs.equals(before.ticket()));
        if (!oursChanged && !theirsChanged) {
            agreed.putIfAbsent(field, asTheyAre(field));
        } else if (says(field, ours) && says(field, theirs) && translation.agrees(field, ours, theirs)) {
            agreed.put(field, new Both(ours, theirs));
        } else if (!theirsChanged) {
            tellServiceNow(field, ours, theirs);
        } else if (!oursChanged) {
            tellVisionOne(field, ours, theirs);
        } else if (owners.get(field) == Side.VISION_ONE) {
            if (tellServiceNow(field, ours, theirs) && before != null) {
                overruled.add(new Overruled(field, Side.SERVICENOW, theirs));
            }
        } else if (tellVisionOne(field, ours, theirs) && before != null) {
            overruled.add(new Overruled(field, Side.VISION_ONE, ours));
        }
    }

    /** @return whether the matter is settled, so that the base moves */
    private boolean tellServiceNow(SyncField field, String ours, String theirs) {
        if (field == SyncField.FINDINGS && !ticketWillBeClosed()) {
            // Met for the first time: a code that is there already will have to give way, what the source began with
            // won't.
            agreed.putIfAbsent(field, new Both(theirs.isEmpty() ? ours : "", theirs));
            return false;
        }
        if (translation.reachesTicket(field, ours)) {
            toServiceNow.put(field, ours);
            agreed.put(field, new Both(ours, null));
            return true;
        }
        return notTold(field, Side.VISION_ONE, ours);
    }

    private boolean tellVisionOne(SyncField field, String ours, String theirs) {
        Optional<String> value = translation.toSource(field, theirs).filter(said -> says(field, said));
        if (value.isEmpty() && field == SyncField.STATUS) {
            return unmapped(theirs);
        }
        if (writable.contains(field) && value.isPresent()) {
            if (ours == null || !isSame(field, value.get(), ours)) {
                toVisionOne.put(field, value.get());
            }
            agreed.put(field, new Both(value.get(), theirs));
            return true;
        }
        if (!writable.contains(field) && !base.containsKey(field)) {
            // Nobody changed it as far as is known, and every first meeting would be told.
            agreed.put(field, asTheyAre(field));
            return true;
        }
        return notTold(field, Side.SERVICENOW, theirs);
    }

    private boolean notTold(SyncField field, Side from, String value) {
        if (field == SyncField.STATUS && from == Side.VISION_ONE) {
            return unmapped(value);
        }
        untranslated.add(new Untranslated(field, from, value));
        agreed.put(field, asTheyAre(field));
        return true;
    }

    /** The base stays; where there is none, whatever either side says later is a change, and gives way with a note only. */
    private boolean unmapped(String state) {
        unmappedStates.add(state);
        agreed.putIfAbsent(SyncField.STATUS, new Both("", ""));
        return false;
    }

    private Both asTheyAre(SyncField field) {
        Both before = base.getOrDefault(field, new Both("", ""));
        String ours = source.get(field);
        String theirs = ticket.get(field);
        return new Both(says(field, ours) ? ours : before.source(), theirs.isBlank() ? before.ticket() : theirs);
    }

    /** A ticket that is closed for its case says with what result, unless it says so already. */
    private void closeWithFindings() {
        SyncField field = SyncField.FINDINGS;
        String ours = source.get(field);
        if (CLOSED.equalsIgnoreCase(toServiceNow.get(SyncField.STATUS))
                && "".equals(ticket.get(field))
                && says(field, ours)
                && translation.reachesTicket(field, ours)) {
            toServiceNow.put(field, ours);
            agreed.put(field, new Both(ours, null));
        }
    }

    private boolean ticketWillBeClosed() {
        String written = toServiceNow.get(SyncField.STATUS);
        String state = ticket.get(SyncField.STATUS);
        return written == null
                ? state != null && translation.agrees(SyncField.STATUS, CLOSED, state)
                : CLOSED.equalsIgnoreCase(written);
    }

    private static boolean isSame(SyncField field, String one, String other) {
        return field == SyncField.NAME || field == SyncField.DESCRIPTION
                ? one.equals(other)
                : SyncMaps.isSame(one, other);
    }

    private static boolean says(SyncField field, String value) {
        return value != null && (!value.isEmpty() || field == SyncField.DESCRIPTION);
    }
}
