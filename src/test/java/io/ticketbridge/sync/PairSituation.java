package io.ticketbridge.sync;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFile;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A case (or alert), its incident INC7 and what both last agreed on, told in words.
 *
 * <p>The case: {@code Open | In-progress | Closed | Merged[, idle | long open][, findings X][, owner X][, severity X][, note X | earlier note X][, file X BYTES]}. The ticket:
 * {@code New | In Progress | On Hold | Resolved | Closed | Strange[, code X][, assigned to X][, assignee unread][, no description]
 * [, priority X][, state shown as X][, close notes X | none][, cause notes X][, whole journal][, note X][, file X BYTES]}. Agreed: {@code nothing} or {@code nothing, shown STATUS [PRIORITY]} of a ticket that was
 * opened before, or {@code CASE STATUS/TICKET STATE[, findings X][, owner X][, severity X[, long ago]][, code X][, title was X]
 * [, description was X][, assigned to X][, close notes X][, cause notes X][, carried X][, told X][, wrote X]}; {@code linked} says
 * that the case knows of its ticket, {@code untouched} that nobody changed the ticket since, {@code opened here} that ticketbridge wrote
 * to it. Settings: {@code alert, people resolve, comment on idle, vision one owns, other table}.
 */
final class PairSituation {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final UUID GROUP = UUID.fromString("6d1f4c3e-0000-4000-8000-000000000007");
    private static final String MARK = "2026-11-01 12:00:00 7";
    private static final Map<String, String> STATES =
            Map.of("New", "1", "In Progress", "2", "On Hold", "3", "Resolved", "6", "Closed", "7", "Strange", "99");

    private final boolean alert;
    private final List<String> inCase;
    private final List<String> onTicket;
    private final List<String> agreed;
    private final Settings settings;
    private final FlowSettings flow;

    PairSituation(String inCase, String onTicket, String agreed, String settings) {
        this.inCase = words(inCase);
        this.onTicket = words(onTicket);
        this.agreed = words(agreed);
        List<String> asked = words(settings);
        this.alert = asked.contains("alert");
        Map<String, String> keys = new HashMap<>(Map.of(
                "source",
                alert ? "vision-one-alerts" : "vision-one-cases",
                "vision-one.url",
                "https://api.xdr.trendmicro.com",
                "vision-one.token",
                "token",
                "servicenow.url",
                "https://snow",
                "servicenow.max-attachment-size",
                "1000000",
                "resolve-when-fixed",
                String.valueOf(!asked.contains("people resolve"))));
        if (!alert) {
            keys.put("on-idle-closure", asked.contains("comment on idle") ? "comment" : "resolve");
        }
        if (asked.contains("other table")) {
            keys.put("profile.incident.table", "sn_si_incident");
        }
        if (asked.contains("vision one owns")) {
            keys.put("flow.compliance.owner.status", "vision-one");
        }
        this.settings = Flow.settings(keys);
        this.flow = this.settings.flows().get(Flow.NAME);
    }

    SyncPlan plan() {
        Ticket ticket = new Ticket(
                GROUP,
                1,
                flow.name(),
                "incident",
                "incident",
                Ticket.correlationId(GROUP, 1),
                "a1b2",
                "INC7",
                state(),
                phase(),
                false,
                NOW,
                null,
                sent(),
                shown().isEmpty()
                        ? null
                        : Head.of(finding(shown()), GROUP, new GroupIdentity(flow.name(), List.of(), "C-1")));
        Sourced sourced = new Sourced(
                Optional.of(finding()),
                "etag",
                "a1b2",
                inCase.get(0).equals("Closed") ? NOW : null,
                files(inCase).stream()
                        .map(file -> new Sourced.SourceFile(file.sysId(), file.name(), file.size(), Optional.empty()))
                        .toList());
        return new TicketSync(settings, null)
                .plan(
                        new GroupCase(null, List.of(ticket), Optional.empty(), 2),
                        flow,
                        pair(),
                        sourced,
                        record(),
                        Words.IN_BRACKETS,
                        Map.of());
    }

    private Map<String, String> sent() {
        if (!shown().isEmpty()) {
            return Map.of("short_description", "[Ransomware]");
        }
        return agreed.contains("opened here") ? Map.of("correlation_id", "tb") : Map.of();
    }

    /** The case's status and priority, as the ticket was told of them. */
    private String shown() {
        return value(agreed, "shown ").orElse("");
    }

    private Finding finding() {
        return finding(inCase.get(0));
    }

    private Finding finding(String statusAndPriority) {
        String[] words = statusAndPriority.split(" ");
        Map<String, String> attributes =
                new HashMap<>(Map.of("status", words[0], "priority", words.length > 1 ? words[1] : "P1"));
        value(inCase, "severity ").ifPresent(severity -> {
            attributes.remove("priority");
            attributes.put("severity", severity);
        });
        value(inCase, "findings ").ifPresent(findings -> attributes.put("findings", findings));
        value(inCase, "owner ").ifPresent(owner -> attributes.put("owner", owner));
        List<Note> notes = new ArrayList<>();
        value(inCase, "note ").ifPresent(text -> notes.add(new Note("case-note", "ann", NOW, text)));
        value(inCase, "earlier note ")
                .ifPresent(text -> notes.add(new Note("case-note", "ann", NOW.minus(Duration.ofDays(30)), text)));
        return new Finding(
                "vision-one",
                "",
                "",
                alert ? "alert" : "case",
                new Resource("C-1", "", ""),
                Result.FAIL,
                Severity.HIGH,
                "Ransomware",
                "",
                "One host",
                "",
                "",
                List.of(),
                NOW,
                attributes,
                notes);
    }

    private TicketRecord record() {
        List<TicketNote> notes = new ArrayList<>();
        value(onTicket, "note ").ifPresent(text -> notes.add(note("ticket-note", text)));
        value(agreed, "wrote ").ifPresent(text -> notes.add(note("own-note", text + "\n" + References.ending(own()))));
        Map<String, String> values = new HashMap<>();
        Map<String, String> shown = new HashMap<>();
        if (!onTicket.contains("assignee unread")) {
            values.put("assigned_to", "");
        }
        Map<SyncField, String> fields =
                new EnumMap<>(fields(state(), value(onTicket, "code ").orElse("")));
        if (onTicket.contains("no description")) {
            fields.put(SyncField.DESCRIPTION, "");
            values.put("description", "");
        }
        value(onTicket, "assigned to ").ifPresent(name -> {
            values.put("assigned_to", "sys-id-of-" + name);
            shown.put("assigned_to", name);
        });
        value(onTicket, "priority ").ifPresent(priority -> fields.put(SyncField.PRIORITY, priority));
        value(onTicket, "state shown as ").ifPresent(label -> {
            values.put("state", state());
            shown.put("state", label);
        });
        values.putAll(closingWords(onTicket));
        return new TicketRecord(
                true, phase(), fields, values, shown, notes, onTicket.contains("whole journal"), files(onTicket), MARK);
    }

    private Pair pair() {
        boolean met = !agreed.get(0).equals("nothing");
        Set<String> carried = new HashSet<>();
        value(agreed, "carried ").ifPresent(carried::add);
        value(agreed, "told ").ifPresent(text -> carried.addAll(Editions.of(new Note("case-note", "ann", NOW, text))));
        if (agreed.contains("linked") || met) {
            carried.add("link");
        }
        boolean wrote = value(agreed, "wrote ").isPresent();
        return new Pair(
                GROUP,
                1,
                met ? agreement() : new Agreement(Map.of(), Map.of(), Map.of()),
                met ? 3 : 0,
                agreed.contains("untouched") ? MARK : "",
                NOW.minus(Duration.ofDays(inCase.contains("long open") ? 62 : inCase.contains("idle") ? 60 : 59)),
                Optional.empty(),
                carried,
                Set.of(),
                wrote ? Set.of(own()) : Set.of("tb-0123456789abc"),
                wrote ? Set.of(own()) : Set.of());
    }

    private Agreement agreement() {
        String[] statuses = agreed.get(0).split("/");
        Map<SyncField, String> ours = SourceFields.of(finding());
        Map<SyncField, String> theirs =
                fields(STATES.get(statuses[1]), value(agreed, "code ").orElse(""));
        Map<SyncField, Both> fields = new EnumMap<>(SyncField.class);
        ours.forEach((field, value) -> fields.put(field, new Both(value, theirs.get(field))));
        fields.put(SyncField.STATUS, new Both(statuses[0], STATES.get(statuses[1])));
        fields.put(SyncField.FINDINGS, new Both(value(agreed, "findings ").orElse(""), theirs.get(SyncField.FINDINGS)));
        value(agreed, "title was ")
                .ifPresent(title -> fields.put(SyncField.NAME, new Both(title, theirs.get(SyncField.NAME))));
        value(agreed, "description was ")
                .ifPresent(
                        text -> fields.put(SyncField.DESCRIPTION, new Both(text, theirs.get(SyncField.DESCRIPTION))));
        Map<String, String> attributes = new HashMap<>();
        value(agreed, "owner ").ifPresent(owner -> attributes.put("owner", owner));
        value(agreed, "severity ").ifPresent(severity -> {
            attributes.put("severity", severity);
            fields.put(
                    SyncField.PRIORITY,
                    new Both(agreed.contains("long ago") ? "" : severity, theirs.get(SyncField.PRIORITY)));
        });
        Map<String, String> columns = new HashMap<>();
        value(agreed, "assigned to ").ifPresent(name -> columns.put("assigned_to", "sys-id-of-" + name));
        columns.putAll(closingWords(agreed));
        return new Agreement(fields, attributes, columns);
    }

    private static Map<String, String> closingWords(List<String> words) {
        Map<String, String> columns = new HashMap<>();
        value(words, "close notes ").ifPresent(text -> columns.put("close_notes", text.equals("none") ? "" : text));
        value(words, "cause notes ").ifPresent(text -> columns.put("cause_notes", text));
        return columns;
    }

    private static Map<SyncField, String> fields(String state, String code) {
        return Map.of(
                SyncField.STATUS, state,
                SyncField.PRIORITY, "2",
                SyncField.FINDINGS, code,
                SyncField.NAME, "[Ransomware]",
                SyncField.DESCRIPTION, "[One host]");
    }

    private String state() {
        return STATES.get(onTicket.get(0));
    }

    private Phase phase() {
        return switch (onTicket.get(0)) {
            case "Resolved" -> Phase.RESOLVED;
            case "Closed" -> Phase.CLOSED;
            default -> Phase.OPEN;
        };
    }

    private static String own() {
        return References.of(GROUP, 1, "own");
    }

    private static TicketNote note(String id, String text) {
        return new TicketNote(id, true, "bob", NOW, "", text);
    }

    private static List<TicketFile> files(List<String> words) {
        return value(words, "file ").stream()
                .map(file -> file.split(" "))
                .map(file ->
                        new TicketFile("file-" + file[0], file[0], "text/plain", Long.parseLong(file[1]), "bob", NOW))
                .toList();
    }

    private static Optional<String> value(List<String> words, String beginning) {
        return words.stream()
                .filter(word -> word.startsWith(beginning))
                .map(word -> word.substring(beginning.length()))
                .findFirst();
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(", "));
    }
}
