package io.ticketbridge.console;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.letter.OpenLetters;
import io.ticketbridge.ledger.report.FindingList;
import io.ticketbridge.ledger.report.HeldList;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ledger.report.LedgerReport.FlowStatus;
import io.ticketbridge.ledger.report.Paged;
import io.ticketbridge.ledger.report.RunList;
import io.ticketbridge.ledger.report.Stories;
import io.ticketbridge.ledger.report.Subjects;
import io.ticketbridge.ledger.report.Subjects.Subject;
import io.ticketbridge.ledger.report.TicketSearch;
import io.ticketbridge.ledger.report.Trend;
import io.ticketbridge.ledger.run.IdentityDoubts;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Planned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What each page shows, read from the ledger. */
final class ConsolePages {
    private static final int ROWS = 50;
    private static final int LETTERS = 20;
    private static final int MOST_PLANNED = 200;
    private static final Map<String, String> VERBS = Map.of(
            "opened",
            "to open",
            "reopened",
            "to reopen",
            "updated",
            "to update",
            "resolved",
            "to resolve",
            "told",
            "to tell Vision One",
            "held",
            "to hold");
    private static final List<String> TICKET_OUTCOMES = List.of("opened", "updated", "reopened", "resolved");

    /** @param status as its last run left it, or null before the first */
    public record Flow(String name, String source, boolean enabled, FlowStatus status, Instant nextPoll) {
        /** Why its passes fail; null if they do not, or if none are made any more. */
        public String failing() {
            return status == null || !enabled ? null : status.failing();
        }

        public long openTickets() {
            return status == null ? 0 : status.openTickets();
        }

        public long owed() {
            return status == null ? 0 : status.owed();
        }

        public long held() {
            return status == null ? 0 : status.held();
        }

        public long dead() {
            return status == null ? 0 : status.dead();
        }
    }

    private final Settings settings;
    private final Desk desk;
    private final LedgerReport report;
    private final RunList runs;
    private final TicketSearch tickets;
    private final FindingList findings;
    private final HeldList held;
    private final OpenLetters letters;
    private final Replaying replaying;
    private final PlanDesk planning;
    private final Stories stories;
    private final Subjects subjects;
    private final Trend trend;
    private final IdentityDoubts doubts;
    private final UnaryOperator<String> masked;

    ConsolePages(
            Settings settings,
            Desk desk,
            LedgerDatabase database,
            Replaying replaying,
            PlanDesk planning,
            UnaryOperator<String> masked,
            Clock clock) {
        this.settings = settings;
        this.desk = desk;
        this.replaying = replaying;
        this.planning = planning;
        this.masked = masked;
        report = new LedgerReport(database);
        runs = new RunList(database);
        tickets = new TicketSearch(database);
        findings = new FindingList(database);
        held = new HeldList(database);
        letters = new OpenLetters(database);
        stories = new Stories(database, clock, settings, masked);
        subjects = new Subjects(database);
        trend = new Trend(database, clock);
        doubts = new IdentityDoubts(database, clock);
    }

    Page flows() {
        Map<String, FlowStatus> status = new LinkedHashMap<>();
        known().forEach(each -> status.put(each.flow(), each));
        TreeSet<String> names = new TreeSet<>(settings.flows().keySet());
        names.addAll(status.keySet());
        List<Flow> flows =
                names.stream().map(name -> flow(name, status.get(name))).toList();
        Map<String, Object> model = new HashMap<>();
        model.put("flows", flows);
        model.put("backlog", desk.backlog().sentence());
        model.put("deadLetters", letters.count());
        model.put("chart", new Chart(trend.of(names)));
        return new Page("flows", "flows", "Flows", model);
    }

    /** Flows that had a run, or are in the settings. */
    private List<FlowStatus> known() {
        return report.flows().stream()
                .filter(each -> each.startedAt() != null || settings.flows().containsKey(each.flow()))
                .toList();
    }

    private Flow flow(String name, FlowStatus status) {
        FlowSettings flow = settings.flows().get(name);
        return new Flow(
                name,
                flow == null ? "not in the settings" : flow.source().toString(),
                flow != null && flow.enabled(),
                status,
                desk.nextPoll(name).orElse(null));
    }

    /** The last plan that somebody asked for. */
    Page plan() {
        PlanDesk.State state = planning.state();
        Map<String, Object> model = new HashMap<>();
        model.put("verbs", VERBS);
        if (state != null) {
            model.put("state", state);
            List<Planned> planned =
                    state.plan() == null ? List.of() : state.plan().planned();
            List<Planned> rows = planned.stream().limit(MOST_PLANNED).toList();
            model.put("rows", rows);
            model.put("left", planned.size() - rows.size());
        }
        return new Page("plan", "plan", "Plan", model);
    }

    Page flow(String name, String after) {
        FlowStatus status = known().stream()
                .filter(each -> each.flow().equals(name))
                .findFirst()
                .orElse(null);
        if (status == null && !settings.flows().containsKey(name)) {
            throw new PageRefusal(404, "There is no flow of that name.");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("flow", flow(name, status));
        Paged<RunList.Row> rows = runs.of(name, after, ROWS);
        model.put("runs", rows);
        // What no run of the page has would only make the table wide.
        model.put(
                "outcomes",
                Account.OUTCOMES.stream()
                        .filter(each -> rows.rows().stream().anyMatch(run -> run.outcome(each) > 0))
                        .toList());
        model.put(
                "ticketOutcomes",
                TICKET_OUTCOMES.stream()
                        .filter(each -> rows.rows().stream().anyMatch(run -> run.tickets(each) > 0))
                        .toList());
        model.put(
                "doubts",
                doubts.all().stream().filter(each -> each.flow().equals(name)).toList());
        model.put("someAbsent", rows.rows().stream().anyMatch(run -> run.absent() > 0));
        model.put("isFirst", after.isEmpty());
        model.put("crumbs", List.of(new Crumb("Flows", "/")));
        return new Page("flow", "flows", "Flow " + name, model);
    }

    Page tickets(String words, String flow, String phase, String after) {
        List<String> phases = Arrays.stream(Phase.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!phase.isEmpty() && !phases.contains(phase)) {
            throw new PageRefusal(400, "There is no such state of a ticket: choose one on the page.");
        }
        TicketSearch.Result found =
                tickets.of(new TicketSearch.Query(words, flow, phase.toUpperCase(Locale.ROOT)), after, ROWS);
        Map<String, Object> model = new HashMap<>();
        model.put("words", words);
        model.put("flow", flow);
        model.put("phase", phase);
        model.put("flows", new ArrayList<>(settings.flows().keySet()));
        model.put("phases", phases);
        model.put("tickets", found.page());
        model.put("isCut", found.cut());
        model.put("widest", TicketSearch.WIDEST);
        model.put("isFirst", after.isEmpty());
        return new Page("tickets", "tickets", "Tickets", model);
    }

    Page story(String id, String after) {
        UUID group = uuid(id);
        Subject subject = subjects.named(id, 1).stream()
                .filter(found -> found.groupId().equals(group))
                .findFirst()
                .orElseThrow(() -> new PageRefusal(404, "The ledger knows no ticket of that id."));
        var story = stories.of(new Subject(subject.groupId(), null));
        Map<String, Object> model = new HashMap<>();
        model.put("story", story);
        model.put("findings", findings.of(group, after, ROWS));
        model.put("isFirst", after.isEmpty());
        model.put("crumbs", List.of(new Crumb("Tickets", "/tickets")));
        return new Page("story", "tickets", story.title(), model);
    }

    Page held(String after) {
        Map<String, Object> model = new HashMap<>();
        List<HeldList.Count> counts = held.counts();
        model.put("counts", counts);
        model.put(
                "flowNames",
                counts.stream().map(HeldList.Count::flow).distinct().toList());
        model.put("groups", held.groups(after.isEmpty() ? null : uuid(after), ROWS));
        model.put("isFirst", after.isEmpty());
        return new Page("held", "held", "Held", model);
    }

    Page deadLetters(String kind, String after) {
        Map<String, Long> counts = letters.countByClass();
        if (!kind.isEmpty() && !counts.containsKey(kind)) {
            counts.put(kind, 0L);
        }
        long behind = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        List<DeadLetter> found = letters.of(new Choice(List.of(), kind), behind, LETTERS + 1);
        boolean more = found.size() > LETTERS;
        List<DeadLetter> rows = more ? found.subList(0, LETTERS) : found;
        Map<String, Object> model = new HashMap<>();
        model.put("counts", counts);
        model.put("kind", kind);
        model.put("letters", rows.stream().map(this::masked).toList());
        model.put("next", more ? String.valueOf(rows.get(LETTERS - 1).id()) : null);
        model.put("isFirst", behind == 0);
        model.put("replay", replaying.state());
        return new Page("dead-letters", "dead-letters", "Dead letters", model);
    }

    Page deadLetter(String id) {
        DeadLetter letter = !id.matches("\\d{1,18}")
                ? null
                : letters.of(new Choice(List.of(Long.parseLong(id)), ""), 0, 1).stream()
                        .findFirst()
                        .orElse(null);
        if (letter == null) {
            throw new PageRefusal(404, "There is no open dead letter of that number: it may have been replayed.");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("letter", masked(letter));
        model.put("crumbs", List.of(new Crumb("Dead letters", "/dead-letters")));
        return new Page("dead-letter", "dead-letters", "Dead letter " + letter.id(), model);
    }

    private DeadLetter masked(DeadLetter letter) {
        return new DeadLetter(
                letter.id(),
                letter.flow(),
                letter.runId(),
                letter.stage(),
                letter.kind(),
                letter.groupId(),
                letter.generation(),
                letter.noteId(),
                masked.apply(letter.error()),
                letter.raw() == null ? null : masked.apply(letter.raw()),
                letter.answer() == null ? null : masked.apply(letter.answer()),
                letter.diedAt());
    }

    private static UUID uuid(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw PageRefusal.unknown();
        }
        return UUID.fromString(text);
    }
}
