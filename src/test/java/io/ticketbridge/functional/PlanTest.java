package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.engine.Plan;
import io.ticketbridge.ledger.report.HeldList;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.ticket.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan} says is what a run then does, and it writes nothing anywhere (P29). */
class PlanTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final TypeReference<Map<String, String>> COLUMNS = new TypeReference<>() {};

    @TempDir
    private Path folder;

    private Path scans;

    private Bridge bridge(Ledger ledger) throws IOException {
        scans = Files.createDirectories(folder.resolve("scans"));
        return Bridge.in(folder, ledger)
                .with("flow.compliance.folder", scans.toString())
                .with("flow.compliance.resolve-when-fixed", "true")
                .with("servicenow.deliveries", "1");
    }

    private void drop(Scan scan) {
        scan.write(scans);
    }

    /** Everything that the ledger holds, table by table. */
    private static List<String> ledger(Bridge bridge) {
        var client = bridge.engine().database().client();
        List<String> rows = new ArrayList<>();
        for (String table : client.sql(
                        """
                        select table_name from information_schema.tables
                        where table_schema = current_schema and lower(table_name) not like 'qrtz%'""")
                .query(String.class)
                .list()) {
            client.sql("select * from \"" + table + "\"").query().listOfRows().stream()
                    .map(row -> table + row)
                    .sorted()
                    .forEach(rows::add);
        }
        return rows;
    }

    /** One line for each write, the same for what is planned and for what was done. */
    private static TreeSet<String> planned(Plan plan) {
        TreeSet<String> lines = new TreeSet<>();
        plan.planned().stream()
                .filter(each -> !each.kind().equals("told"))
                .forEach(each -> lines.add(line(
                        each.flow(),
                        each.kind(),
                        each.group().toString(),
                        each.number(),
                        each.reason(),
                        each.kind().equals("opened") ? columns(each) : "")));
        return lines;
    }

    private static String columns(Planned planned) {
        TreeSet<String> columns = new TreeSet<>();
        planned.differences().forEach(each -> columns.add(each.column() + "=" + each.after()));
        return columns.toString();
    }

    private static String line(String flow, String kind, String group, String number, String reason, String columns) {
        return flow + " " + kind + " " + group + " " + (kind.equals("opened") ? "" : number) + " (" + reason + ") "
                + columns;
    }

    private static TreeSet<String> done(Bridge bridge, long since) {
        TreeSet<String> lines = new TreeSet<>();
        bridge.engine()
                .database()
                .client()
                .sql(
                        """
                        select a.flow, a.kind, a.group_id, t.number, a.reason, a.request from action a
                        join ticket t on t.group_id = a.group_id and t.generation = a.generation
                        where a.id > :since and a.state = 'done'""")
                .param("since", since)
                .query(row -> {
                    String kind = row.getString("kind");
                    lines.add(line(
                            row.getString("flow"),
                            kind,
                            row.getString("group_id"),
                            row.getString("number"),
                            row.getString("reason"),
                            kind.equals("opened") ? sent(row.getString("request")) : ""));
                });
        new HeldList(bridge.engine().database())
                .groups(null, 1000)
                .rows()
                .forEach(held -> lines.add(line(held.flow(), "held", held.id().toString(), "", held.reason(), "")));
        return lines;
    }

    private static String sent(String request) {
        try {
            TreeSet<String> columns = new TreeSet<>();
            new ObjectMapper()
                    .readValue(request, COLUMNS)
                    .forEach((column, value) -> columns.add(column + "=" + value));
            return columns.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long lastAction(Bridge bridge) {
        return bridge.count("select coalesce(max(id), 0) from action");
    }

    private static long lastWrite(Bridge bridge) {
        return bridge.count("select coalesce(max(id), 0) from source_write");
    }

    private static TreeSet<String> told(Plan plan) {
        TreeSet<String> groups = new TreeSet<>();
        plan.planned().stream()
                .filter(each -> each.kind().equals("told"))
                .forEach(each -> groups.add(each.group().toString()));
        return groups;
    }

    private static TreeSet<String> toldSince(Bridge bridge, long since) {
        return new TreeSet<>(bridge.engine()
                .database()
                .client()
                .sql("select distinct group_id from source_write where id > :since")
                .param("since", since)
                .query((row, number) -> row.getString(1))
                .list());
    }

    /** Plans, sees that nothing moved, runs, and compares. */
    private Plan planAndRun(Bridge bridge) throws IOException {
        bridge.engine();
        List<String> before = ledger(bridge);
        List<String> files = files();
        long actions = lastAction(bridge);
        long writes = lastWrite(bridge);
        bridge.listen();

        Plan plan = bridge.plan();

        assertThat(plan.failures()).isEmpty();
        assertThat(bridge.serviceNow().requests().writes())
                .as("writes to ServiceNow")
                .isZero();
        assertThat(bridge.visionOne().requests().all())
                .as("writes to Vision One")
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        assertThat(ledger(bridge)).isEqualTo(before);
        assertThat(files()).isEqualTo(files);

        bridge.passes();

        assertThat(planned(plan)).isEqualTo(done(bridge, actions));
        assertThat(told(plan)).isEqualTo(toldSince(bridge, writes));
        return plan;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(scans)) {
            return paths.map(Path::toString).sorted().toList();
        }
    }

    private static List<String> kinds(Plan plan) {
        return plan.planned().stream().map(Planned::kind).toList();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void each_kind_of_action_is_planned_and_then_done(Ledger ledger) throws IOException {
        try (Bridge bridge = bridge(ledger).with("flow.compliance.on-recurrence", "reopen")) {
            drop(Scan.of().fails("a", "1", "2").fails("b", "1"));
            assertThat(kinds(planAndRun(bridge))).containsExactly("opened", "opened");

            bridge.later(DAY);
            drop(Scan.of().fails("a", "1", "2", "3").passes("b", "1"));
            Plan changes = planAndRun(bridge);
            assertThat(kinds(changes)).containsExactly("updated", "resolved");
            assertThat(changes.planned().get(0).differences()).anySatisfy(each -> {
                assertThat(each.column()).isEqualTo("description");
                assertThat(each.before()).contains("2 findings fail");
                assertThat(each.after()).contains("3 findings fail");
            });

            bridge.later(DAY);
            drop(Scan.of().fails("a", "1", "2", "3").fails("b", "1"));
            assertThat(kinds(planAndRun(bridge))).containsExactly("reopened");

            bridge.restart()
                    .with("flow.compliance.max-new-tickets-per-run", "1")
                    .later(DAY);
            drop(Scan.of().fails("c", "1").fails("d", "1").fails("e", "1"));
            Plan storm = planAndRun(bridge);
            assertThat(kinds(storm)).containsOnlyOnce("opened").contains("held");

            drop(Scan.of().passes("f", "1"));
            assertThat(kinds(planAndRun(bridge))).isEqualTo(List.of("opened", "held"));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void cases_are_planned_on_both_sides(Ledger ledger) throws IOException {
        try (Bridge bridge = bridge(ledger)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            assertThat(kinds(planAndRun(bridge))).containsExactly("opened", "told");

            bridge.visionOne().update(id, Map.of("name", "Phishing of the board"));
            bridge.later(Duration.ofMinutes(5));
            assertThat(kinds(planAndRun(bridge))).containsExactly("updated");

            bridge.edit(bridge.ticket(), Map.of("state", "2"));
            bridge.later(Duration.ofMinutes(5));
            Plan back = planAndRun(bridge);
            assertThat(kinds(back)).containsExactly("told");
            assertThat(back.planned().get(0).differences()).anySatisfy(each -> {
                assertThat(each.column()).isEqualTo("status");
                assertThat(each.before()).isEqualTo("Open");
                assertThat(each.after()).isEqualTo("In-progress");
            });

            bridge.visionOne().close(id, "TruePositive");
            bridge.later(Duration.ofMinutes(5));
            assertThat(kinds(planAndRun(bridge))).contains("resolved");
            assertThat(bridge.later(Duration.ofMinutes(5)).plan().hasWork()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_happens_the_run_does_what_was_planned(long seed) throws IOException {
        Random random = new Random(seed);
        try (Bridge bridge = bridge(Ledger.H2)
                .with("flow.compliance.group-by", random.nextBoolean() ? "control" : "resource")
                .with(
                        "flow.compliance.on-recurrence",
                        List.of("new-ticket", "reopen", "comment").get(random.nextInt(3)))
                .with("flow.compliance.new-ticket-after-days", random.nextBoolean() ? "3" : null)
                .with("flow.compliance.max-new-tickets-per-run", random.nextBoolean() ? "3" : null)
                .with("flow.compliance.max-closures-per-run", random.nextBoolean() ? "1" : null)
                .with("flow.cases.on-recurrence", random.nextBoolean() ? "new-ticket" : null)) {
            List<String> cases = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                bridge.later(DAY.dividedBy(1 + random.nextInt(3)));
                drop(scan(random));
                happen(bridge, random, cases);
                planAndRun(bridge);
            }
        }
    }

    private static Scan scan(Random random) {
        Scan scan = Scan.of();
        for (int control = 0; control < 5; control++) {
            for (int resource = 0; resource < 3; resource++) {
                String name = "control-" + control;
                String uid = "disk-" + resource;
                switch (random.nextInt(5)) {
                    case 0, 1 -> scan.fails(name, uid);
                    case 2 -> scan.passes(name, uid);
                    case 3 -> scan.muted(name, uid);
                    default -> {}
                }
            }
        }
        return scan.passes("always", "disk-0");
    }

    private static void happen(Bridge bridge, Random random, List<String> cases) {
        if (random.nextBoolean()) {
            cases.add(bridge.visionOne().addCase("Case " + cases.size(), "P1").id());
        }
        if (!cases.isEmpty()) {
            String id = cases.get(random.nextInt(cases.size()));
            switch (random.nextInt(3)) {
                case 0 -> bridge.visionOne().update(id, Map.of("name", "Renamed " + random.nextInt(100)));
                case 1 -> bridge.visionOne().close(id, "FalsePositive");
                default -> {}
            }
        }
        List<Map<String, String>> tickets = bridge.tickets();
        if (!tickets.isEmpty()) {
            Map<String, String> ticket = tickets.get(random.nextInt(tickets.size()));
            switch (random.nextInt(3)) {
                case 0 -> bridge.resolve(ticket);
                case 1 -> bridge.edit(ticket, Map.of("work_notes", "Somebody looks at it"));
                default -> {}
            }
        }
    }

    @Test
    void five_thousand_findings_are_planned_and_then_done() throws IOException {
        try (Bridge bridge = bridge(Ledger.H2).with("servicenow.deliveries", "4")) {
            Scan scan = Scan.of();
            for (int control = 0; control < 50; control++) {
                String name = "control-" + control;
                String[] failing =
                        IntStream.range(0, 30).mapToObj(each -> "disk-" + each).toArray(String[]::new);
                String[] passing = IntStream.range(30, 100)
                        .mapToObj(each -> "disk-" + each)
                        .toArray(String[]::new);
                scan.fails(name, failing).passes(name, passing);
            }
            drop(scan);

            Plan plan = planAndRun(bridge);

            assertThat(plan.planned()).hasSize(50);
            assertThat(plan.accounts())
                    .anySatisfy(account -> assertThat(account.read()).isEqualTo(5000));
        }
    }

    @Test
    void without_a_ledger_a_plan_makes_none_and_says_what_to_expect() throws IOException {
        try (Bridge bridge = bridge(Ledger.H2)) {
            drop(Scan.of().saying("It is public\u001b[2J\nto all").fails("s3-public", "bucket-1"));
            String config = bridge.config().toString();

            CommandRun plan = CommandRun.of("plan", "--exit-code", "--config", config);

            assertThat(plan.exit()).as(plan.err()).isEqualTo(3);
            assertThat(plan.out())
                    .contains(
                            "compliance\n  + open incident    high      Rule s3-public\n      1 finding fails, no ticket yet\n")
                    .contains("      + short_description: \"Rule s3-public\"\n")
                    .contains("compliance (", "1 findings read", "  findings  1 opened")
                    .endsWith("requests to ServiceNow\n")
                    .contains("Plan: 1 to open. About ")
                    .doesNotContain("\u001b");
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("ledger"));
            }

            JsonNode json = CommandRun.of("plan", "--output", "json", "--config", config)
                    .json();
            assertThat(json.path("counts").path("opened").asInt()).isEqualTo(1);
            assertThat(json.path("planned").get(0).path("differences")).isNotEmpty();
            assertThat(json.path("requests").path("owed").asInt()).isPositive();

            bridge.passes();
            CommandRun nothing = CommandRun.of("plan", "--exit-code", "--config", config);
            assertThat(nothing.exit()).as(nothing.err()).isZero();
            assertThat(nothing.out()).contains("Plan: nothing to do.");
        }
    }

    @Test
    void what_import_would_do_is_planned_from_the_files() throws IOException {
        try (Bridge bridge = bridge(Ledger.H2).with("servicenow.requests-per-hour", "3600")) {
            Path file = Scan.of().fails("a", "1").write(folder);

            CommandRun plan = CommandRun.of(
                    "plan", file.toString(), "--config", bridge.config().toString());

            assertThat(plan.exit()).as(plan.err()).isZero();
            assertThat(plan.out()).contains("+ open incident", "within 3600 an hour");
            assertThat(file).exists();
        }
    }

    @Test
    void a_source_that_fails_is_named_and_the_rest_is_planned() throws IOException {
        try (Bridge bridge = bridge(Ledger.H2).withShortWaits().with("vision-one.token", "wrong")) {
            drop(Scan.of().fails("a", "1"));

            CommandRun plan = CommandRun.of("plan", "--config", bridge.config().toString());

            assertThat(plan.exit()).isEqualTo(1);
            assertThat(plan.out()).contains("+ open incident");
            assertThat(plan.err()).contains("Flow cases", "401").doesNotContain("Exception");
        }
    }

    @Test
    void a_file_that_can_t_be_read_is_named_by_a_plan_as_by_the_run() throws IOException {
        try (Bridge bridge = bridge(Ledger.H2)) {
            Files.writeString(scans.resolve("tuesday.ocsf.json"), "<html>not found</html>");
            bridge.engine()
                    .database()
                    .client()
                    .sql(
                            """
                            insert into finding_group (id, flow, label, grouping, head, version, settled, shown, run_id, pending,
                                released, silenced, dead, due_at, attempts, fence, held)
                            values (random_uuid(), 'switched-off', 'one', 'check', '{"title":"one","severity":"HIGH"}', 1, 0, 0, 1, false,
                                false, false, false, current_timestamp, 0, 0, 'a storm')""")
                    .update();

            Plan plan = bridge.plan();

            assertThat(plan.planned())
                    .as("no run touches what a flow holds that is not here")
                    .isEmpty();

            assertThat(plan.failures()).singleElement().asString().startsWith("Flow compliance, tuesday.ocsf.json: ");
            assertThat(scans.resolve("tuesday.ocsf.json")).exists();
        }
    }

    @Test
    void a_refused_read_does_not_keep_a_plan_for_ever() throws IOException {
        try (Bridge bridge = bridge(Ledger.H2).withShortWaits()) {
            bridge.serviceNow().faults().always(RequestMatcher.on("GET", "/table/"), Fault.status(403));
            drop(Scan.of().fails("a", "1"));

            CommandRun plan = CommandRun.of("plan", "--config", bridge.config().toString());

            assertThat(plan.exit()).isEqualTo(1);
            assertThat(plan.err())
                    .contains("ServiceNow can't be used", "roles for its tables: sn_incident_write for incident");
        }
    }
}
