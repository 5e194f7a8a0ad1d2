package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.ServiceNowTime;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Planned;
import io.ticketbridge.ticket.Planned.Difference;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.servicenow.ServiceNowConstants;

/**
 * Stands where a plan's routes would write: notes what would be sent, and answers as ServiceNow would, so that everything
 * behind it goes on as usual (P29). Thread-safe.
 */
public final class PlannedWrites {

    /** An entry is added to these, nothing in them is replaced. */
    private static final Set<String> JOURNALS = Set.of("work_notes", "comments");

    /** What the number of a record stands for that is not there yet. */
    public static final String NEW = "(new)";

    private final Clock clock;
    private final List<Planned> planned = new ArrayList<>();
    private long reads;
    private long writes;

    public PlannedWrites(Clock clock) {
        this.clock = clock;
    }

    /** @throws IllegalStateException for a call that would write: that must never get here */
    public synchronized void read(ServiceNowCall call) {
        Object action = call.headers().get(ServiceNowConstants.ACTION);
        if (!"retrieve".equals(action) && !"content".equals(action)) {
            throw new IllegalStateException("A plan writes nothing, and a route tried to " + action
                    + ": give the route file that writes its shipped name, so that the plan can replace it");
        }
        reads++;
    }

    /** What ServiceNow answers in a plan that does not ask it. */
    public List<Map<String, Object>> nothing() {
        return List.of();
    }

    /** The answer that ServiceNow would give. */
    public synchronized Map<String, Object> write(Delivery delivery) {
        writes++;
        Map<String, String> sent = delivery.sent();
        boolean opens = delivery.intent().kind() == Intent.Kind.OPENED;
        Map<String, String> before = opens ? Map.of() : before(delivery);
        note(
                delivery,
                delivery.intent().kind().word(),
                opens ? NEW : delivery.ticket().number(),
                differences(before, sent));
        Map<String, Object> answer = new LinkedHashMap<>(before);
        answer.putAll(sent);
        answer.remove("work_notes");
        if (opens) {
            String key = sent.getOrDefault("correlation_id", "");
            answer.put("sys_id", Digest.of(key).toString().replace("-", ""));
            answer.put("number", NEW);
            answer.putIfAbsent("state", firstState(delivery.table()));
            answer.put("opened_at", ServiceNowTime.of(clock.instant()));
            answer.put("sys_updated_on", ServiceNowTime.of(clock.instant()));
            answer.put("sys_mod_count", "0");
        } else {
            answer.put("sys_id", delivery.ticket().sysId());
            answer.put("number", delivery.ticket().number());
            answer.putIfAbsent("state", delivery.ticket().state());
            answer.putIfAbsent(
                    "opened_at",
                    delivery.ticket().openedAt() == null
                            ? ""
                            : ServiceNowTime.of(delivery.ticket().openedAt()));
            answer.put("sys_mod_count", "1");
        }
        answer.put("active", String.valueOf(!Lifecycle.of(delivery.table()).isClosed(Row.text(answer, "state"))));
        return answer;
    }

    /** What the record has: as it was read just now, else as it was last written. */
    private static Map<String, String> before(Delivery delivery) {
        Map<String, String> before = new LinkedHashMap<>(delivery.ticket().sentFields());
        if (delivery.record() != null) {
            before.putAll(delivery.record().values());
        }
        return before;
    }

    /** One look at what is there, and an upload for each part, of which there is one at least. */
    public synchronized void attach(Delivery delivery) {
        writes += 2;
    }

    /** What Vision One would be told. */
    public synchronized void tell(Delivery delivery, SyncPlan plan, boolean hasFields) {
        List<Difference> differences = new ArrayList<>();
        Map<SyncField, String> before = delivery.sourced() == null ? Map.of() : SourceFields.of(delivery.sourced());
        plan.toSource()
                .forEach((field, value) -> differences.add(
                        new Difference(field.name().toLowerCase(Locale.ROOT), before.get(field), value)));
        plan.lossesToSource().forEach(note -> differences.add(new Difference("note", null, note.text())));
        plan.notesToSource().forEach(note -> differences.add(new Difference("note", null, note.text())));
        plan.filesToSource().forEach(file -> differences.add(new Difference("file", null, file.name())));
        if (hasFields && plan.toSource().isEmpty()) {
            differences.add(
                    new Difference("externalTicketId", null, delivery.ticket().sysId()));
        }
        if (!differences.isEmpty()) {
            note(
                    delivery,
                    "told",
                    delivery.ticket().number(),
                    differences,
                    hasFields
                            ? plan.toSourceReason()
                            : "what is new on " + delivery.ticket().number());
        }
    }

    /** A new ticket's case is told of it. */
    public synchronized void tellOfNew(Delivery delivery) {
        if (delivery.isInStep()) {
            note(
                    delivery,
                    "told",
                    NEW,
                    List.of(new Difference("note", null, "the number of the new ticket")),
                    "its ticket is new");
        }
    }

    private void note(Delivery delivery, String kind, String number, List<Difference> differences) {
        note(delivery, kind, number, differences, delivery.intent().reason());
    }

    private void note(Delivery delivery, String kind, String number, List<Difference> differences, String reason) {
        planned.add(new Planned(
                delivery.group().id(),
                delivery.flow().name(),
                delivery.profile().name(),
                delivery.table(),
                kind,
                number.equals(NEW) ? "" : number,
                delivery.group().head().title().isBlank()
                        ? delivery.group().label()
                        : delivery.group().head().title(),
                delivery.group().severity().name().toLowerCase(Locale.ROOT),
                reason,
                differences));
    }

    private static List<Difference> differences(Map<String, String> before, Map<String, String> sent) {
        return sent.entrySet().stream()
                .map(column -> new Difference(
                        column.getKey(),
                        JOURNALS.contains(column.getKey()) ? null : before.get(column.getKey()),
                        column.getValue()))
                .filter(each -> !each.after().equals(each.before()))
                .toList();
    }

    private static String firstState(String table) {
        return Lifecycle.of(table).states().stream()
                .filter(state -> state.phase() == Phase.OPEN)
                .map(Lifecycle.State::value)
                .findFirst()
                .orElse("1");
    }

    public synchronized List<Planned> planned() {
        return List.copyOf(planned);
    }

    /** How many requests to ServiceNow a run would send: what was read is read again, and what is written is written. */
    public synchronized long requests() {
        return reads + writes;
    }
}
