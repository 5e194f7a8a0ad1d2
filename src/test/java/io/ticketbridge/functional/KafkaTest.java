package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.kafka.Brokers;
import io.ticketbridge.kafka.FindingsTopic;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.KafkaBroker;
import io.ticketbridge.testing.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings that go through a topic come to the same as those that do not, on a real broker. */
class KafkaTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String NEVER = "0 0 3 1 1 ?";
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @TempDir
    private Path folder;

    @Test
    void tickets_ledger_and_accounts_are_the_same_with_the_topic_and_without() throws Exception {
        List<Object> without;
        List<Object> with;
        try (Bridge bridge = flows(Bridge.in(Files.createDirectory(folder.resolve("without"))))) {
            without = story(bridge);
        }
        try (Bridge bridge = flows(throughKafka(Bridge.in(Files.createDirectory(folder.resolve("with")))))) {
            with = story(bridge);
            assertThat(bridge.count("select count(*) from run where published_count > 0"))
                    .isGreaterThan(8);
            assertThat(bridge.count("select count(*) from arrival")).isZero();
        }
        for (int step = 0; step < without.size(); step++) {
            assertThat(with.get(step)).as("step %d", step).isEqualTo(without.get(step));
        }
    }

    private static Bridge flows(Bridge bridge) {
        return bridge.scheduled()
                .with("flow.cases.poll", NEVER)
                .with("flow.by-resource.source", "files")
                .with("flow.by-resource.group-by", "resource")
                .with("flow.by-resource.profile", "tickets")
                .with("flow.filtered.source", "files")
                .with("flow.filtered.group-by", "control")
                .with("flow.filtered.profile", "tickets")
                .with("flow.filtered.filter", "${body.account} != '999'");
    }

    /** A first scan, a rescan, fixes, what is gone, what is odd, cases; and what all of it came to. */
    private List<Object> story(Bridge bridge) {
        List<Object> said = new ArrayList<>();
        Scan first = Scan.of()
                .fails("control-1", "disk-1", "disk-2", "disk-3")
                .fails("control-2", "disk-1")
                .passes("control-3", "disk-1")
                .manual("control-4", "disk-1")
                .muted("control-5", "disk-1")
                .raw("{\"class_uid\": 2004, \"status_code\": \"FAIL\"}")
                .passes("control-1", "disk-3")
                .saying("otherwise")
                .fails("control-2", "disk-1");
        said.add(imports(bridge, Bridge.COMPLIANCE, first));
        Scan rescan = Scan.of().fails("control-1", "disk-1", "disk-2", "disk-3").fails("control-2", "disk-1");
        said.add(imports(bridge, Bridge.COMPLIANCE, rescan));
        said.add(imports(
                bridge,
                Bridge.COMPLIANCE,
                Scan.of()
                        .fails("control-1", "disk-2")
                        .passes("control-1", "disk-1")
                        .fails("control-6", "disk-9")));
        said.add(imports(bridge, Bridge.COMPLIANCE, Scan.of().passes("control-1", "disk-2", "disk-1")));
        said.add(imports(bridge, "by-resource", rescan));
        said.add(imports(bridge, "by-resource", Scan.of().fails("control-1", "disk-1")));
        said.add(imports(bridge, "filtered", Scan.of().fails("control-1", "disk-1", "disk-2")));
        said.add(imports(
                bridge,
                "filtered",
                Scan.of().fails("control-1", "disk-1").in("999").fails("control-1", "disk-5")));
        bridge.visionOne().addCase("Ransomware on a server", "P0");
        bridge.visionOne().addCase("Phishing", "P2");
        bridge.engine().pass(Bridge.CASES);
        said.add(settled(bridge));
        assertThat(bridge.watermark()).isPresent();
        bridge.engine().pass(Bridge.CASES);
        said.add(settled(bridge));
        said.add(bridge.deadLetters().size());
        return said;
    }

    private Object imports(Bridge bridge, String flow, Scan scan) {
        bridge.engine()
                .importFiles(flow, List.of(scan.write(folder, "scan.json").toFile()));
        return settled(bridge);
    }

    /** The accounts, the tickets and the ledger once nothing is owed. */
    private static Map<String, Object> settled(Bridge bridge) {
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(20))
                .until(bridge.engine().owing()::isSettled);
        bridge.engine().closeAccounts();
        await().atMost(LONGEST)
                .until(() ->
                        bridge.count("select count(*) from run where state in ('reading', 'read', 'delivering')") == 0);
        Map<String, Object> all = new TreeMap<>();
        all.put("accounts", rows(bridge, "select flow, scan, state, account, error from run order by id"));
        all.put(
                "findings",
                rows(
                        bridge,
                        "select id, group_id, content, result, severity, version, listed, message from finding"
                                + " where check_id not in ('case') order by id, group_id"));
        all.put(
                "groups",
                rows(
                        bridge,
                        "select id, flow, version, shown, settled, pending, held, dead, head from finding_group"
                                + " where flow <> 'cases' order by id"));
        all.put("doubts", rows(bridge, "select kind, source, check_id, findings from identity_doubt order by id"));
        all.put(
                "tickets",
                bridge.tickets().stream()
                        .map(ticket -> ticket.get("short_description") + "|" + ticket.get("state"))
                        .sorted()
                        .toList());
        return all;
    }

    private static List<String> rows(Bridge bridge, String sql) {
        return bridge.engine().database().client().sql(sql).query().listOfRows().stream()
                .map(row -> {
                    row.replaceAll((column, value) -> value instanceof String text ? inOrder(text) : value);
                    return row.toString();
                })
                .toList();
    }

    /** Of what a map holds every JVM has its own order. */
    private static String inOrder(String text) {
        try {
            return text.startsWith("{") ? SORTED.writeValueAsString(SORTED.readValue(text, Object.class)) : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Bridge throughKafka(Bridge bridge) {
        return bridge.with("kafka.brokers", KafkaBroker.shared().address())
                .with("kafka.patience", "20s")
                .with("kafka.topic", "findings-" + UUID.randomUUID())
                .with("kafka.group", "workers-" + UUID.randomUUID());
    }

    private Bridge start() {
        return throughKafka(Bridge.in(folder))
                .with("flow.cases.enabled", "false")
                .scheduled();
    }

    @Test
    void where_no_worker_takes_anything_the_pass_says_so_and_the_next_reads_it_again() throws Exception {
        try (Bridge bridge = start().with("kafka.patience", "2s")) {
            Scan scan = Scan.of().fails("control-1", "disk-1");
            var routes = bridge.engine().context().getRouteController();
            routes.stopRoute("take-findings");
            assertThatThrownBy(() -> imports(bridge, Bridge.COMPLIANCE, scan))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("No worker took findings for 2 s, and 1 of 1 did not come into the ledger");
            assertThat(bridge.tickets()).isEmpty();
            bridge.with("kafka.patience", "20s").restart();
            imports(bridge, Bridge.COMPLIANCE, scan);
            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.count("select sum(read_count) from run")).isEqualTo(1);
        }
    }

    @Test
    void without_a_broker_the_pass_fails_in_one_line_and_nothing_is_lost() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Bridge bridge = start().with("kafka.brokers", "127.0.0.1:9")) {
            Scan scan = Scan.of().fails("control-1", "disk-1");
            assertThatThrownBy(() -> imports(bridge, Bridge.COMPLIANCE, scan))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("can't be handed to Kafka")
                    .hasMessageContaining("127.0.0.1:9")
                    .hasMessageContaining("ticketbridge.kafka.brokers");
            assertThat(log.lines(Level.WARN)).singleElement().asString().contains("can't be handed to Kafka");
            bridge.restart();
            bridge.with("kafka.brokers", KafkaBroker.shared().address());
            imports(bridge, Bridge.COMPLIANCE, scan);
            assertThat(bridge.tickets()).hasSize(1);
        }
    }

    @Test
    void a_message_of_somebody_else_and_one_that_can_not_be_written_cost_nothing_else() {
        try (Bridge bridge = start()) {
            imports(bridge, Bridge.COMPLIANCE, Scan.of().fails("control-1", "disk-1"));
            bridge.engine()
                    .context()
                    .createProducerTemplate()
                    .sendBody(
                            "kafka:{{ticketbridge.kafka.topic}}?kafkaClientFactory=#kafkaClients&synchronous=true",
                            "not ours");
            Scan huge = Scan.of()
                    .fails("control-2", "disk-1")
                    .saying("x".repeat(950_000))
                    .fails("control-3", "disk-1");
            imports(bridge, Bridge.COMPLIANCE, huge);
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("a message to the topic may have"));
        }
    }

    @Test
    void runs_of_a_command_do_not_go_through_the_topic() {
        try (Bridge bridge = start();
                var command = bridge.another()) {
            command.importFiles(
                    Bridge.COMPLIANCE,
                    List.of(Scan.of().fails("control-1", "disk-1").write(folder).toFile()));
            assertThat(bridge.count("select count(*) from run where published_count is null"))
                    .isEqualTo(1);
        }
    }

    private Bridge guarded(String password) {
        return start().with("kafka.brokers", KafkaBroker.shared().guardedAddress())
                .with("kafka.security", "sasl-ssl")
                .with("kafka.sign-in", "plain")
                .with("kafka.user", KafkaBroker.USER)
                .with("kafka.password", password)
                .with("kafka.ca-file", KafkaBroker.shared().authority().toString());
    }

    @Test
    void brokers_are_reached_with_a_password_and_an_authority_of_ones_own() {
        try (Bridge bridge = guarded(KafkaBroker.PASSWORD)) {
            imports(bridge, Bridge.COMPLIANCE, Scan.of().fails("control-1", "disk-1"));
            assertThat(bridge.tickets()).hasSize(1);
            assertThat(check(bridge))
                    .contains("1 broker answers", "has 12 partitions", "the topic keeps what it is given")
                    .doesNotContain("problem");
        }
    }

    @Test
    void a_check_says_what_is_wrong_with_brokers_and_topic() {
        try (Bridge bridge = guarded("open-barley")) {
            assertThat(check(bridge))
                    .contains("ticketbridge.kafka.user, .password")
                    .doesNotContain("open-barley");
            bridge.with("kafka.password", KafkaBroker.PASSWORD);
            assertThat(check(bridge)).contains("is not there; the first pass makes it with 12 partitions");
            bridge.with("kafka.ca-file", null);
            assertThat(check(bridge)).contains("ticketbridge.kafka.ca-file");
            bridge.with("kafka.security", "plaintext").with("kafka.brokers", "127.0.0.1:9");
            assertThat(check(bridge)).contains("127.0.0.1:9: no broker answered in time");
        }
    }

    @Test
    void a_topic_that_would_lose_messages_is_found() throws Exception {
        String topic = "findings-" + UUID.randomUUID();
        try (Bridge bridge = start().with("kafka.topic", topic);
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", KafkaBroker.shared().address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact", "compression.type", "zstd"))))
                    .all()
                    .get();
            assertThat(check(bridge))
                    .contains("has 1 partitions", "compression.type must be producer", "cleanup.policy must be delete");
        }
    }

    @Test
    void a_topic_that_was_deleted_is_made_again_by_the_next_pass() throws Exception {
        String name = "findings-" + UUID.randomUUID();
        Settings settings = Settings.load(
                Sources.only(Map.of(
                        "ticketbridge.kafka.brokers",
                        KafkaBroker.shared().address(),
                        "ticketbridge.kafka.topic",
                        name,
                        "ticketbridge.kafka.partitions",
                        "3")),
                Requirement.LEDGER_ONLY);
        FindingsTopic topic = new FindingsTopic(new Brokers(settings.kafka(), Optional.empty()));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", KafkaBroker.shared().address()))) {
            topic.require("first pass");
            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(LONGEST)
                    .until(() -> !admin.listTopics().names().get().contains(name));

            topic.require("second pass");
            assertThat(admin.describeTopics(List.of(name))
                            .allTopicNames()
                            .get()
                            .get(name)
                            .partitions())
                    .hasSize(3);
        }
    }

    /** What a check says of the brokers, on one line. */
    private static String check(Bridge bridge) {
        String out = CommandRun.of("check", "--config", bridge.config().toString())
                .out()
                .replaceAll("\\s+", " ");
        assertThat(out).doesNotContain("problem routes");
        return out.substring(out.indexOf(" kafka "));
    }
}
