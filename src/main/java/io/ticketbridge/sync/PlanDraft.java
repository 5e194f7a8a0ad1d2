package io.ticketbridge.sync;

import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import io.ticketbridge.ticket.SyncPlan.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A plan in the making: what each side is to get and to be told, and what both agree on once it has it. */
final class PlanDraft {
    final List<String> lines = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    final List<OwedNote> losses = new ArrayList<>();
    final List<OwedNote> notes = new ArrayList<>();
    final Map<SyncField, String> toServiceNow = new EnumMap<>(SyncField.class);
    final Map<SyncField, String> toSource = new EnumMap<>(SyncField.class);
    final Map<SyncField, Both> agreed = new EnumMap<>(SyncField.class);

    private final Map<SyncField, Both> base;

    PlanDraft(Map<SyncField, Both> base, Merged merged) {
        this.base = base;
        toServiceNow.putAll(merged.toServiceNow());
        toSource.putAll(merged.toVisionOne());
        agreed.putAll(merged.agreed());
    }

    /** Nothing is agreed anew. */
    void putBase(SyncField field) {
        Both before = base.get(field);
        if (before == null) {
            agreed.remove(field);
        } else {
            agreed.put(field, before);
        }
    }
}
