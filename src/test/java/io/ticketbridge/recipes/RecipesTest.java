package io.ticketbridge.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.sandbox.scc.SccOptions;
import io.ticketbridge.sandbox.scc.SccSimulator;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.PagedApi;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each page of docs/recipes is done as it says, through the command line, and comes out as it claims. */
class RecipesTest {
    private static final String MONDAY = "monday.ocsf.json";

    @TempDir
    private Path folder;

    private Path scans;

    @BeforeEach
    void makeFolder() throws IOException {
        scans = Files.createDirectories(folder.resolve("scans"));
    }

    private Path monday(Scan scan) {
        return scan.write(scans, MONDAY);
    }

    @Test
    void filter_by_tag() {
        try (Kitchen kitchen = Kitchen.with(folder, "filter-by-tag").follow()) {
            Scan scan = Scan.of()
                    .fails("untagged", "one")
                    .tagged("environment:prod")
                    .fails("in-production", "two")
                    .tagged("environment:test")
                    .fails("in-test", "three", "four");

            kitchen.shows(kitchen.runs("import", monday(scan)));

            assertThat(kitchen.bridge().ticket().get("short_description")).contains("in-production");

            kitchen.bridge().visionOne().addCase("A case has no tags", "P1");
            kitchen.bridge().poll();

            assertThat(kitchen.bridge().ticket("A case has no tags")).isNotEmpty();
        }
    }

    @Test
    void drop_noisy_control() {
        try (Kitchen kitchen = Kitchen.with(folder, "drop-noisy-control").follow()) {
            Scan scan = Scan.of()
                    .in("444455556666")
                    .fails("s3_bucket_no_mfa_delete", "noisy")
                    .fails("ssh_open", "wanted")
                    .in("111122223333")
                    .fails("s3_bucket_no_mfa_delete", "wanted-too");

            kitchen.shows(kitchen.runs("import", monday(scan)));

            assertThat(kitchen.bridge().tickets())
                    .noneMatch(ticket -> ticket.get("description").contains("noisy"));
        }
    }

    @Test
    void accept_a_risk() {
        try (Kitchen kitchen = Kitchen.with(folder, "accept-a-risk").follow()) {
            Path scan = monday(Scan.of().fails("s3-public", "bucket-1", "bucket-2"));
            kitchen.runs("import", scan);
            kitchen.bridge()
                    .edit(
                            kitchen.bridge().ticket(),
                            Map.of(
                                    "state", "7",
                                    "close_code", "risk_accepted",
                                    "close_notes", "Agreed",
                                    "u_accepted_until", "2100-01-01"));

            kitchen.shows(kitchen.runs("import", scan));
            kitchen.shows(kitchen.runs("explain", "INC0010001"));

            assertThat(kitchen.bridge().tickets()).hasSize(1);
        }
    }

    @Test
    void join_controls() throws IOException {
        try (Kitchen kitchen = Kitchen.with(folder, "join-controls").follow()) {
            Path config = kitchen.bridge().config();
            Files.copy(Path.of("config", "controls.yaml"), config.resolve("controls.yaml"));
            kitchen.shows(Files.readString(config.resolve("controls.yaml")).replaceAll("(?m)^ *#.*\n", ""));
            Scan scan = Scan.of().fails("s3_bucket_public_access", "bucket-1").fails("S3.8", "bucket-1");

            kitchen.shows(kitchen.runs("import", monday(scan)));

            assertThat(kitchen.bridge().serviceNow().records("incident"))
                    .filteredOn(record -> record.get("short_description").equals("S3 buckets must block public access"))
                    .hasSize(1);
        }
    }

    @Test
    void route_by_severity() {
        try (Kitchen kitchen = Kitchen.with(folder, "route-by-severity").follow()) {
            Scan scan = Scan.of()
                    .titled("Access keys are rotated")
                    .fails("keys", "one")
                    .ofSeverity(5)
                    .titled("Security groups do not open SSH to the internet")
                    .fails("ssh", "two");

            kitchen.shows(kitchen.runs("import", monday(scan)));

            assertThat(kitchen.bridge().ticket().get("short_description")).isEqualTo("Access keys are rotated");
            assertThat(kitchen.bridge().serviceNow().records("sn_si_incident"))
                    .filteredOn(
                            record -> record.getOrDefault("correlation_id", "").startsWith("ticketbridge-"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.get("short_description"))
                            .isEqualTo("[critical] Security groups do not open SSH to the internet"));
        }
    }

    @Test
    void assign_by_account() {
        try (Kitchen kitchen = Kitchen.with(folder, "assign-by-account").follow()) {
            Path scan = monday(Scan.of()
                    .fails("keys", "one")
                    .in("444455556666")
                    .tagged("team:platform")
                    .fails("logs", "two")
                    .tagged("team:nobody")
                    .fails("ssh", "three"));

            kitchen.shows(kitchen.runs("plan", scan));
            kitchen.runs("import", scan);

            assertThat(kitchen.bridge().ticket("Rule keys"))
                    .containsEntry("assignment_group", "287ebd7da9fe198100f92cc8d1d2154e");
            assertThat(kitchen.bridge().ticket("Rule logs"))
                    .containsEntry("assignment_group", "8a5055c9c61122780043563ef53438e3");
            assertThat(kitchen.bridge().ticket("Rule ssh"))
                    .containsEntry("assignment_group", "d625dccec0a8016700a222a0f7900d06");
        }
    }

    @Test
    void take_over_open_tickets() {
        try (Kitchen kitchen = Kitchen.with(folder, "take-over-open-tickets").follow()) {
            ServiceNowSimulator serviceNow = kitchen.bridge().serviceNow();
            serviceNow.addColumn("incident", "u_check", "Check", "string", 100);
            serviceNow.addColumn("incident", "u_account", "Account", "string", 40);
            String there = serviceNow.create(
                    "incident",
                    Map.of("short_description", "SSH is open", "u_check", "ssh-open", "u_account", "111122223333"),
                    "beth.anglin");
            Path scan =
                    monday(Scan.of().fails("ssh-open", "one").in("444455556666").fails("ssh-open", "two"));

            kitchen.runs("check");
            kitchen.shows(kitchen.runs("plan", scan));
            kitchen.runs("import", scan);

            assertThat(kitchen.bridge().tickets()).hasSize(2);
            assertThat(kitchen.bridge().again(Map.of("sys_id", there)))
                    .extractingByKey("correlation_id")
                    .asString()
                    .startsWith("ticketbridge-");
            assertThat(kitchen.runs("explain", "INC0010001").out())
                    .contains("was there already: found by the profile's adopt-query");

            kitchen.runs(
                    "import",
                    monday(Scan.of()
                            .passes("ssh-open", "one")
                            .in("444455556666")
                            .fails("ssh-open", "two")));
            assertThat(kitchen.bridge().again(Map.of("sys_id", there))).containsEntry("state", "6");
        }
    }

    @Test
    void enrich_from_cmdb() {
        try (Kitchen kitchen = Kitchen.with(folder, "enrich-from-cmdb").follow()) {
            Path scan = monday(Scan.of()
                    .fails("ssh", "web-01")
                    .fails("ssh", "nobody-knows")
                    .fails("ssh", "null"));

            kitchen.shows(kitchen.runs("plan", scan));
            assertThat(kitchen.bridge().tickets()).isEmpty();

            kitchen.runs("import", scan);

            assertThat(kitchen.bridge().ticket("on web-01").get("cmdb_ci"))
                    .isEqualTo("b0c25d4e1b5e4d10a3f2c8d47e1f0c01");
            assertThat(kitchen.bridge().ticket("on nobody-knows").get("cmdb_ci"))
                    .isEmpty();
            assertThat(kitchen.bridge().ticket("on null").get("cmdb_ci")).isEmpty();
        }
    }

    @Test
    void a_cmdb_that_drops_the_condition_gives_no_ticket_a_wrong_item() {
        try (Kitchen kitchen = Kitchen.with(folder, "enrich-from-cmdb").follow()) {
            kitchen.bridge().engine().probe();
            kitchen.bridge()
                    .serviceNow()
                    .faults()
                    .next(1, RequestMatcher.on("GET", "/table/cmdb_ci$"), Fault.conditionsDropped());

            kitchen.bridge().importFile(monday(Scan.of().fails("ssh", "nobody-knows")));

            assertThat(kitchen.bridge().ticket().get("cmdb_ci")).isEmpty();
            kitchen.plate();
        }
    }

    @Test
    void notify_webhook() throws IOException {
        try (Channel channel = Channel.open();
                Kitchen kitchen = Kitchen.with(folder, "notify-webhook").follow()) {
            kitchen.bridge().withProperty("channel.webhook", channel.url() + "/services/T000/B000/XXXX");
            Scan scan = Scan.of()
                    .fails("harmless", "one")
                    .ofSeverity(5)
                    .titled("Security groups do not open SSH to the internet")
                    .fails("ssh", "two");
            Path file = monday(scan);

            kitchen.runs("plan", file);
            assertThat(channel.posts()).as("a plan tells nobody").isEmpty();

            kitchen.runs("import", file);

            assertThat(channel.posts()).singleElement().satisfies(post -> {
                assertThat(post.path()).isEqualTo("/services/T000/B000/XXXX");
                assertThat(post.headers().keySet())
                        .noneMatch(name -> name.toLowerCase().contains("servicenow"));
                kitchen.shows(post.body() + "\n");
            });
        }
    }

    @Test
    void a_ticket_whose_creation_was_unclear_is_told_of_and_a_title_with_quotes_stays_one_text() throws IOException {
        String title = "Say \"hello\", ${body} \\ {{channel.webhook}}";
        try (Channel channel = Channel.open();
                Kitchen kitchen = Kitchen.with(folder, "notify-webhook").follow()) {
            kitchen.bridge().withProperty("channel.webhook", channel.url());
            kitchen.bridge()
                    .serviceNow()
                    .faults()
                    .next(1, RequestMatcher.on("POST", "/table/incident$"), Fault.closedAfterCommit());

            kitchen.runs("import", monday(Scan.of().ofSeverity(5).titled(title).fails("ssh", "two")));

            assertThat(channel.posts()).singleElement().satisfies(post -> assertThat(
                            json(post.body()).path("text").asText())
                    .isEqualTo("INC0010001 is critical: " + title));
            kitchen.plate();
        }
    }

    @Test
    void a_channel_that_refuses_holds_no_ticket_up_and_its_address_is_in_no_log() throws IOException {
        try (CapturedLog log = new CapturedLog();
                Channel channel = Channel.refusing();
                Kitchen kitchen = Kitchen.with(folder, "notify-webhook").follow()) {
            kitchen.bridge().withProperty("channel.webhook", channel.url() + "/services/T000/B000/SECRET");

            kitchen.bridge().importFile(monday(Scan.of().ofSeverity(5).fails("ssh", "two")));
            kitchen.bridge().restart();

            assertThat(kitchen.bridge().tickets()).hasSize(1);
            assertThat(log.lines(Level.WARN)).singleElement().satisfies(line -> assertThat(line)
                    .contains("A notice was not sent", "route=tell-channel", "answered 403")
                    .doesNotContain("SECRET"));
            kitchen.plate();
        }
    }

    @Test
    void notify_storm() throws IOException {
        try (Channel channel = Channel.open();
                Kitchen kitchen = Kitchen.with(folder, "notify-storm").follow()) {
            kitchen.bridge()
                    .withProperty(
                            "channel.webhook",
                            channel.url() + "/workflows/XXXX?sp=%2Ftriggers%2Fmanual%2Frun&sig=a%2Bb");
            Scan scan = Scan.of()
                    .fails("a", "one")
                    .fails("b", "one")
                    .fails("c", "one")
                    .fails("d", "one")
                    .fails("e", "one");

            kitchen.shows(kitchen.run("import", monday(scan)));

            assertThat(channel.posts()).singleElement().satisfies(post -> {
                assertThat(post.path()).isEqualTo("/workflows/XXXX?sig=a+b&sp=%2Ftriggers%2Fmanual%2Frun");
                assertThat(json(post.body())
                                .at("/attachments/0/content/body/0/text")
                                .asText())
                        .contains("INC", "hold");
            });
        }
    }

    @Test
    void notify_mail() {
        try (Kitchen kitchen = Kitchen.with(folder, "notify-mail").follow()) {
            Postbox.MAILS.clear();
            Scan scan = Scan.of().fails("harmless", "one").ofSeverity(5).fails("ssh", "two");

            kitchen.runs("import", monday(scan));

            assertThat(Postbox.MAILS)
                    .singleElement()
                    .asString()
                    .startsWith("ticketbridge@example.com to soc@example.com by mail.example.com:25\n"
                            + "{Subject=INC0010001: Rule ssh}\n"
                            + "What the rule is for");

            kitchen.edit("76-tell-people.camel.yaml", "uri: smtp", "uri: smtpx");
            CommandRun refused = kitchen.run("import", scans.resolve(MONDAY));

            assertThat(refused.exit()).isEqualTo(2);
            kitchen.shows(refused.err().replace("smtpx", "smtp"));
        }
    }

    @Test
    void second_scc_instance() {
        try (var second = SccSimulator.start(SccOptions.defaults().withResources(5));
                Kitchen kitchen = Kitchen.with(folder, "second-scc-instance")) {
            kitchen.bridge().withScc(5);
            kitchen.follow()
                    .given("scc.frankfurt.url", second.baseUrl())
                    .given("scc.frankfurt.iam-url", second.tokenUrl())
                    .given("scc.frankfurt.api-key", second.apiKey());

            List<String> routes = kitchen.bridge().engine().context().getRoutes().stream()
                    .map(Route::getRouteId)
                    .filter(id -> id.contains("scc"))
                    .sorted()
                    .toList();
            kitchen.shows(String.join("\n", routes));
            kitchen.bridge().passes();

            assertThat(kitchen.bridge().tickets())
                    .extracting(ticket -> ticket.get("correlation_display"))
                    .contains("ticketbridge scc", "ticketbridge scc-frankfurt");
            assertThat(second.requests().all())
                    .as("asked of the second instance")
                    .isNotEmpty();
        }
    }

    @Test
    void another_table() {
        try (Kitchen kitchen = Kitchen.with(folder, "another-table").follow()) {
            kitchen.bridge().serviceNow().addTable("u_cloud_task", "task", "Cloud Task", "CLD");
            kitchen.bridge().serviceNow().addColumn("u_cloud_task", "u_account", "Account", "string", 100);

            kitchen.shows(kitchen.runs("import", monday(Scan.of().ofSeverity(5).fails("ssh-open", "two"))));
            Map<String, String> task =
                    kitchen.bridge().serviceNow().records("u_cloud_task").get(0);
            assertThat(task)
                    .containsEntry("short_description", "[critical] Rule ssh-open")
                    .containsEntry("u_account", "111122223333")
                    .containsEntry("priority", "1");

            kitchen.runs("import", monday(Scan.of().passes("ssh-open", "two")));
            assertThat(kitchen.bridge().serviceNow().records("u_cloud_task").get(0))
                    .containsEntry("state", "3");

            kitchen.given("flow.compliance.new-ticket-when-status", "Reviewed");
            CommandRun refused = kitchen.run("import", scans.resolve(MONDAY));
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("Closed Complete");
        }
    }

    @Test
    void maintenance_window() {
        try (Kitchen kitchen = Kitchen.with(folder, "maintenance-window").follow()) {
            kitchen.bridge().withProperty("maintenance.window", "0000..2400");
            Path scan = monday(Scan.of().fails("a", "one").fails("b", "one"));
            kitchen.bridge().engine().importFiles("compliance", List.of(scan.toFile()));
            kitchen.bridge().restart();

            assertThat(kitchen.run("status").out())
                    .matches("(?s).*compliance\\s+\\S+\\s+delivering\\s+0\\s+2\\s+0\\s+0.*");
            assertThat(kitchen.bridge().tickets()).isEmpty();
            assertThat(kitchen.runs("plan", scan).out())
                    .as("of a plan, within the window")
                    .contains("Rule a", "Rule b");

            // The next hour but one is a window of that size, and not now.
            DateTimeFormatter hour = DateTimeFormatter.ofPattern("HH").withZone(ZoneOffset.UTC);
            String later = hour.format(Instant.now().plusSeconds(7200));
            kitchen.bridge().withProperty("maintenance.window", later + "00.." + later + "30");
            kitchen.runs("import", monday(Scan.of()));

            assertThat(kitchen.bridge().tickets()).hasSize(2);
        }
    }

    @Test
    void column_from_attribute() {
        try (Kitchen kitchen = Kitchen.with(folder, "column-from-attribute").follow()) {
            kitchen.bridge().serviceNow().addColumn("incident", "u_cloud_account", "Cloud account", "string", 40);
            Path scan = monday(Scan.of().named("Production").fails("ssh", "one"));

            kitchen.shows(kitchen.runs("plan", scan));
            kitchen.runs("import", scan);

            assertThat(kitchen.bridge().ticket()).containsEntry("u_cloud_account", "Production");
            assertThat(kitchen.bridge().ticket().get("description")).endsWith("\n\nRisk: ");
        }
    }

    @Test
    void keep_a_copy() throws IOException {
        try (Kitchen kitchen = Kitchen.with(folder, "keep-a-copy").follow()) {
            Path copies = folder.resolve("copies");
            kitchen.bridge().withProperty("copies.folder", copies.toString());
            Path scan = monday(Scan.of().fails("a", "one", "one").manual("b", "two"));

            kitchen.runs("plan", scan);
            assertThat(copies).as("a plan writes nothing").doesNotExist();

            kitchen.shows(kitchen.runs("import", scan));

            List<String> lines = Files.readAllLines(copies.resolve("compliance.jsonl"));
            assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(
                            json(line).path("observedAt").asText())
                    .startsWith("2025-"));
            assertThat(lines)
                    .extracting(line -> json(line).path("check").asText())
                    .contains("a", "b");
        }
    }

    @Test
    void your_own_source() throws IOException {
        try (PagedApi api = PagedApi.open();
                Kitchen kitchen = Kitchen.with(folder, "your-own-source")) {
            kitchen.given("flow.cases.enabled", "false")
                    .given("flow.compliance.enabled", "false")
                    .follow()
                    .given("api.harbour.url", api.server().url() + "/api/v2")
                    .given(
                            "profile.compliance-incident.on-open.short_description",
                            "${body.title} (${body.attributes[team]})");
            Path mapping = folder.resolve("config/mappings/harbour.yaml");
            Path page = folder.resolve("page.json");
            api.answers("/api/v2/teams/7", request -> json("{\"name\":\"Shop\"}"));
            api.answers(
                    "/api/v2/results",
                    request -> json(
                            request.query("after").isEmpty()
                                    ? text(page)
                                    : """
                                    {"results":[{"rule":{"id":"HB-104","name":"Containers do not run as root","level":"Severe"},
                                    "cluster":"prod-us","outcome":"violated","objects":[{"ref":"k8s://prod-us/shop/api"}],
                                    "team":{"id":7},"seen":1764396000}],"page":{"next":null,"count":3}}
                                    """));

            kitchen.shows(CommandRun.of("check", "--mapping", mapping.toString(), "--sample", page.toString()));
            String mended = text(mapping);
            Files.writeString(mapping, mended.replace("check:", "chek:"));
            kitchen.shows(CommandRun.of("check", "--mapping", mapping.toString())
                    .out()
                    .replace(folder + "/", ""));
            Files.writeString(mapping, mended);
            kitchen.shows(kitchen.runs("run", "--once"));

            assertThat(kitchen.bridge().ticket().get("description"))
                    .contains("k8s://prod-eu/shop/api", "k8s://prod-eu/shop/cart", "k8s://prod-us/shop/api");
            assertThat(kitchen.bridge().ticket().get("short_description"))
                    .as("what the step added")
                    .isEqualTo("Containers do not run as root (Shop)");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void each_page_has_a_test_of_its_name() {
        assertThat(Stream.of(RecipesTest.class.getDeclaredMethods())
                        .map(method -> method.getName().replace('_', '-')))
                .containsAll(Recipes.all());
    }

    @Test
    void the_index_names_each_page_by_its_title() throws IOException {
        String index = Files.readString(Recipe.FOLDER.resolve("README.md"));
        for (String name : Recipes.all()) {
            Path page = Recipe.FOLDER.resolve(name + ".md");
            String title = Files.readAllLines(page).get(0).substring(2);
            assertThat(index).contains("[" + title + "](" + name + ".md)");
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
