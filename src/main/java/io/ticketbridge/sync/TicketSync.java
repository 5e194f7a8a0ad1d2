package io.ticketbridge.sync;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFile;
import io.ticketbridge.ticket.TicketRecord;
import io.ticketbridge.ticket.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps tickets in step with their cases and alerts, as the routes call it (P23 to P27). Thread-safe. */
public final class TicketSync {
    private final Settings settings;
    private final Pairs pairs;

    public TicketSync(Settings settings, Pairs pairs) {
        this.settings = settings;
        this.pairs = pairs;
    }

    /** The note that brings a file of the ticket to the case. */
    public OwedNote noteOf(GroupCase claimed, TicketFile file) {
        Ticket ticket = claimed.latest().orElseThrow();
        String reference = References.of(ticket.groupId(), ticket.generation(), file.sysId());
        return new OwedNote(
                file.sysId(), Texts.file(file, ticket.number(), reference), "a file attached to " + ticket.number());
    }

    /** @param choices label to value of the ticket's columns, as far as they are known */
    public SyncPlan plan(
            GroupCase claimed,
            FlowSettings flow,
            Pair pair,
            Sourced sourced,
            TicketRecord record,
            Wording wording,
            Map<SyncField, Map<String, String>> choices) {
        Ticket ticket = claimed.latest().orElseThrow();
        if (pair.ended().isPresent()) {
            return ended(pair, Action.NOTHING, pair.ended().get(), List.of());
        }
        if (sourced.finding().isEmpty()) {
            String reason = "the " + claimed.group().head().check() + " "
                    + claimed.group().label() + " is not in Vision One any more, so " + ticket.number()
                    + " is kept in step with nothing";
            boolean tell = record.present() && !record.phase().isOver();
            return ended(pair, tell ? Action.UPDATE : Action.NOTHING, reason, List.of());
        }
        if (!record.present()) {
            String reason = ticket.number() + " is not in ServiceNow any more; nothing is kept in step with it";
            OwedNote note = new OwedNote(
                    "deleted",
                    Texts.said(reason, ticket.number(), References.of(pair.groupId(), pair.generation(), "deleted")),
                    reason);
            return ended(pair, Action.NOTHING, reason, pair.carried().contains("deleted") ? List.of() : List.of(note));
        }
        ProfileSettings profile = settings.profileOf(ticket);
        SyncMaps maps = profile.syncMaps().forSource(flow.source());
        Pair known = pair.basedOn(SourceFields.withSeverity(pair.agreement()));
        SyncPlan plan = new Planner(
                        flow,
                        settings.profiles().get(profile.name()),
                        ticket,
                        known,
                        sourced,
                        record,
                        url(ticket),
                        settings.serviceNow().maxAttachmentSize(),
                        new MappedTranslation(maps, choices, wording))
                .plan();
        return new Rewording(known.agreement(), sourced.finding().get(), record, wording).of(plan);
    }

    private static SyncPlan ended(Pair pair, Action action, String reason, List<OwedNote> notes) {
        return new SyncPlan(
                action,
                reason,
                Map.of(),
                action == Action.NOTHING ? List.of() : List.of(reason),
                List.of(),
                List.of(),
                Map.of(),
                "",
                List.of(),
                notes,
                List.of(),
                List.of(),
                pair.agreement(),
                pair.sourceUpdatedAt(),
                List.of(),
                Optional.of(reason));
    }

    private String url(Ticket ticket) {
        return settings.serviceNow().url() + "/nav_to.do?uri=" + ticket.table() + ".do%3Fsys_id%3D" + ticket.sysId();
    }

    /**
     * What was planned is done: from now on both sides agree on it.
     *
     * @param before the ticket as it was read
     * @param answer the ticket as ServiceNow answered the write; null if nothing was written there
     * @param fieldsRefused whether Vision One refused the fields that it was to get
     * @param untaken what the ticket was to get and ServiceNow did not take; null if nothing was written there
     */
    public void agree(
            Pair pair,
            SyncPlan plan,
            TicketRecord before,
            TicketRecord answer,
            Boolean fieldsRefused,
            Set<SyncField> untaken) {
        if (plan.ended().isPresent()) {
            if (pair.ended().isEmpty()) {
                pairs.end(pair, plan.ended().get());
            }
            return;
        }
        boolean resolves = plan.action() == Action.RESOLVE;
        Map<SyncField, Both> fields = Agreeing.fields(
                SourceFields.withSeverity(pair.agreement()).fields(),
                plan.agreed().fields(),
                plan.toSource().keySet(),
                resolves,
                before.fields(),
                answer == null ? null : answer.fields(),
                Boolean.TRUE.equals(fieldsRefused),
                answer == null ? Set.of() : untaken);
        Map<String, String> columns = new HashMap<>(plan.agreed().columns());
        if (answer != null && resolves) {
            columns.replaceAll((column, value) -> answer.values().getOrDefault(column, value));
        }
        List<String> carried = new ArrayList<>(plan.carried());
        if (answer != null) {
            plan.notesToServiceNow().forEach(note -> carried.addAll(Editions.of(note)));
        }
        // A rule that sets a column back writes, too: taken for somebody else's change each time, it would be tried
        // with every pass. The first time it may be somebody, and one more look tells.
        boolean isNext = answer != null && updates(answer.mark()) == updates(before.mark()) + 1;
        List<String> overtaken = answer == null || isNext ? List.of() : tries(plan, untaken);
        boolean ownWrite = isNext || !overtaken.isEmpty() && pair.carried().containsAll(overtaken);
        carried.addAll(overtaken);
        pairs.agree(
                pair,
                new Agreement(fields, plan.agreed().attributes(), columns),
                ownWrite ? answer.mark() : before.mark(),
                ownWrite ? answer.mark() : "",
                plan.sourceUpdatedAt(),
                carried);
    }

    /** What was tried without success, by which the next try knows that it is not the first. */
    private static List<String> tries(SyncPlan plan, Set<SyncField> untaken) {
        return untaken.stream()
                .map(field ->
                        "untaken-" + field + "-" + Digest.of(plan.toServiceNow().get(field)))
                .toList();
    }

    /** How often the record was updated, from its mark; a gap means that somebody else wrote in between. */
    private static long updates(String mark) {
        String count = mark.substring(mark.lastIndexOf(' ') + 1);
        return count.matches("\\d{1,18}") ? Long.parseLong(count) : -1;
    }
}
