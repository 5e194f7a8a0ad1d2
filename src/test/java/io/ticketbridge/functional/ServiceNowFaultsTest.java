package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.engine.Failed;
import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.Faults;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.Seed;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ServiceNow falters or refuses: one record for one ticket, and nobody is kept waiting by another's trouble (P15 to P18). */
class ServiceNowFaultsTest {
    private static final RequestMatcher OPENING = RequestMatcher.on("POST", "/table/incident$");
    private static final RequestMatcher LOOKING_UP = RequestMatcher.on("GET", "/table/incident$");
    private static final RequestMatcher CHANGING =
            RequestMatcher.writes().and((method, path) -> path.contains("/table/incident/"));

    /** What may befall a write, with the request's time-out at two seconds. */
    private static final List<Fault> WHATEVER = List.of(
            Fault.status(500).afterCommit().named("500 after commit"),
            Fault.closedAfterCommit(),
            Fault.halfAnswer(),
            Fault.accepted().afterCommit().named("202 after commit"),
            Fault.accepted(),
            Fault.loginPage(),
            Fault.slowAnswer(Duration.ofSeconds(3)),
            Fault.slow(Duration.ofSeconds(3)),
            Fault.commitAfterClose(Duration.ofSeconds(1)),
            Fault.closedBeforeCommit(),
            Fault.status(500),
            Fault.status(503).html(),
            Fault.status(429).retryAfter(Duration.ofSeconds(1)),
            Fault.tokensRevoked());

    @TempDir
    private Path folder;

    private static Scan controls(int count, String... resources) {
        Scan scan = Scan.of();
        IntStream.range(0, count).forEach(number -> scan.fails("control-" + (100 + number), resources));
        return scan;
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void whatever_befalls_an_opening_there_is_one_record(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            List<Faults.Rule> rules = WHATEVER.stream()
                    .map(fault -> bridge.serviceNow().faults().next(1, OPENING, fault))
                    .toList();
            Path scan = controls(WHATEVER.size(), "disk-1").write(folder);

            Pass pass = bridge.importFile(scan);

            assertThat(rules).allSatisfy(rule -> assertThat(rule.used()).isEqualTo(1));
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .hasSize(WHATEVER.size())
                    .doesNotHaveDuplicates();
            assertThat(pass.findings()).isEqualTo(Map.of("opened", (long) WHATEVER.size()));

            bridge.listen().importFile(scan);

            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void whatever_befalls_an_update_there_is_one_note() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(controls(WHATEVER.size(), "disk-1").write(folder));
            List<Faults.Rule> rules = WHATEVER.stream()
                    .map(fault -> bridge.serviceNow().faults().next(1, CHANGING, fault))
                    .toList();

            bridge.importFile(controls(WHATEVER.size(), "disk-1", "disk-2").write(folder));

            assertThat(rules).allSatisfy(rule -> assertThat(rule.used()).isEqualTo(1));
            assertThat(bridge.tickets()).allSatisfy(ticket -> assertThat(bridge.notes(ticket))
                    .filteredOn(note -> note.contains("Joined:"))
                    .hasSize(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void an_instance_that_keeps_no_correlation_id_gets_one_record_and_says_what_is_wrong(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.serviceNow().faults().always(OPENING, Fault.columnsIgnored("correlation_id"));

            bridge.importFile(controls(1, "disk-1").write(folder));

            assertThat(bridge.tickets()).isEmpty();
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("correlation_id"));

            // Somebody mends the rule: the next change brings the key, and the letter is closed.
            bridge.importFile(controls(1, "disk-1", "disk-2").write(folder));

            assertThat(bridge.ticket().get("correlation_id")).endsWith("-1");
            assertThat(bridge.serviceNow().records("incident"))
                    .filteredOn(record -> record.get("correlation_display").startsWith("ticketbridge"))
                    .hasSize(1);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    /** Where the table of a profile is changed, an opening that is in doubt is looked for where it was sent. */
    @Test
    void an_opening_in_doubt_is_looked_up_in_the_table_that_it_was_meant_for() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().faults().next(1, OPENING, Fault.closedAfterCommit());
            CompletableFuture<Pass> cut = CompletableFuture.supplyAsync(
                    () -> bridge.importFile(controls(1, "disk-1").write(folder)));
            await().atMost(Duration.ofSeconds(60)).until(() -> bridge.tickets().size() == 1);
            bridge.with("profile.tickets.table", "problem")
                    .with("flow.cases.enabled", "false")
                    .restart();
            assertThatThrownBy(cut::join).isInstanceOf(CompletionException.class);

            bridge.importFile(controls(1, "disk-1").write(folder));

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.serviceNow().records("problem"))
                    .filteredOn(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                    .isEmpty();
        }
    }

    @Test
    void the_wait_that_a_429_names_is_kept() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.engine();
            bridge.serviceNow().faults().next(1, OPENING, Fault.status(429).retryAfter(Duration.ofSeconds(2)));
            Instant before = Instant.now();

            bridge.importFile(controls(1, "disk-1").write(folder));

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
            assertThat(bridge.serviceNow().requests().matching(OPENING)).hasSize(2);
        }
    }

    @Test
    void a_token_that_expires_in_mid_run_is_renewed_without_a_word() {
        try (Bridge bridge =
                Bridge.in(folder, ServiceNowSimulator.Options.defaults().withTokenLifetime(Duration.ofSeconds(1)))) {
            bridge.with("servicenow.deliveries", "1");
            bridge.serviceNow().settings().sameTokenRenewed(false);
            bridge.serviceNow().faults().next(3, OPENING, Fault.slow(Duration.ofMillis(700)));
            bridge.serviceNow().faults().next(1, OPENING, Fault.tokensRevoked());

            Pass pass = bridge.importFile(controls(8, "disk-1").write(folder));

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 8L));
            assertThat(bridge.tickets()).hasSize(8);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    /** How each way in writes them is {@code ServiceNowConnectionTest}'s. */
    @Test
    void awkward_credentials_open_the_door() {
        String password = "pa+ss/w0rd=Ü";
        Credentials credentials = new Credentials("user@example.com", password, "client", password, "key");
        try (Bridge bridge =
                Bridge.in(folder, ServiceNowSimulator.Options.defaults().withCredentials(credentials))) {
            bridge.with("servicenow.auth", "oauth-password")
                    .with("servicenow.user", "user@example.com")
                    .with("servicenow.password", password);
            bridge.engine().probe();

            bridge.importFile(controls(1, "disk-1").write(folder));

            assertThat(bridge.tickets()).hasSize(1);
        }
    }

    @Test
    void a_look_up_that_is_refused_says_nothing_of_the_record_and_does_not_forget_what_it_asked_for() {
        try (Bridge bridge = Bridge.in(folder)) {
            Faults faults = bridge.serviceNow().faults();
            List<Faults.Rule> rules = Stream.concat(
                            Stream.of(
                                            Fault.closedAfterCommit(),
                                            Fault.status(500).afterCommit(),
                                            Fault.closedAfterCommit())
                                    .map(fault -> faults.next(1, OPENING, fault)),
                            IntStream.of(401, 403, 429)
                                    .mapToObj(status -> faults.next(1, LOOKING_UP, Fault.status(status))))
                    .toList();

            bridge.importFile(controls(3, "disk-1").write(folder));
            assertThat(rules).allSatisfy(rule -> assertThat(rule.used()).isEqualTo(1));
            bridge.importFile(controls(3, "disk-1", "disk-2").write(folder));

            assertThat(bridge.tickets()).hasSize(3).allSatisfy(ticket -> assertThat(ticket.get("description"))
                    .contains("disk-2"));
        }
    }

    @Test
    void a_look_up_whose_condition_is_dropped_takes_no_other_record() {
        try (Bridge bridge = Bridge.in(folder)) {
            String foreign = bridge.serviceNow()
                    .create("incident", Map.of("short_description", "Somebody else's"), "beth.anglin");
            bridge.serviceNow().faults().next(1, OPENING, Fault.closedAfterCommit());
            Faults.Rule dropped = bridge.serviceNow().faults().next(1, LOOKING_UP, Fault.conditionsDropped());

            bridge.importFile(controls(1, "disk-1").write(folder));
            bridge.importFile(controls(1, "disk-1", "disk-2").write(folder));

            assertThat(dropped.used()).isEqualTo(1);
            assertThat(bridge.ticket().get("description")).contains("disk-2");
            assertThat(bridge.serviceNow().journal(foreign)).isEmpty();
        }
    }

    @Test
    void a_question_that_fails_is_asked_again_before_the_ticket_is_written() {
        try (Bridge bridge = Bridge.in(folder)
                .with("profile.tickets.on-open.impact", "1 - High")
                .with("profile.tickets.on-open.contact_type", "Self-service")) {
            bridge.with("servicenow.user", bridge.serviceNow().credentials().user());
            List<Faults.Rule> rules = Stream.of("sys_user", "sys_choice", "sys_dictionary")
                    .map(table -> bridge.serviceNow()
                            .faults()
                            .next(1, RequestMatcher.on("GET", "/table/" + table + "$"), Fault.status(503)))
                    .toList();

            bridge.importFile(controls(1, "disk-1").write(folder));

            assertThat(rules).allSatisfy(rule -> assertThat(rule.used()).isEqualTo(1));
            assertThat(bridge.ticket())
                    .containsEntry("impact", "1")
                    .containsEntry("contact_type", "self-service")
                    .containsEntry("caller_id", Seed.INTEGRATION_USER);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void an_instance_that_drops_the_correlation_id_is_refused_before_anything_is_written() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.table", "u_plain")) {
            bridge.serviceNow().addTable("u_plain", "", "Plain", "PLN");
            bridge.serviceNow().addColumn("u_plain", "short_description", "Short description", "string", 160);
            bridge.serviceNow().create("u_plain", Map.of("short_description", "Somebody else's"), "admin");

            assertThatThrownBy(() -> bridge.engine().probe())
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("u_plain")
                    .hasMessageContaining("correlation_id");
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_column_that_the_table_does_not_have_is_named_and_the_ticket_stays_recorded() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.field.u_nonsense", "anything")) {
            Path scan = controls(1, "disk-1").write(folder);

            bridge.importFile(scan);

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("u_nonsense", "profile"));

            bridge.listen().importFile(scan);

            assertThat(bridge.writes()).isZero();
            assertThat(bridge.tickets()).hasSize(1);
        }
    }

    @Test
    void a_refused_close_code_is_a_dead_letter_in_servicenow_s_own_words_and_the_others_go_on() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.on-resolve.close_code", "No such code")) {
            bridge.importFile(controls(1, "disk-1").write(folder));

            Pass pass = bridge.importFile(Scan.of()
                    .passes("control-100", "disk-1")
                    .fails("logging", "disk-1")
                    .write(folder));

            assertThat(bridge.ticket("control-100")).containsEntry("state", "1");
            assertThat(bridge.ticket("logging")).containsEntry("state", "1");
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("403", "mandatory"));
            assertThat(pass.tickets()).containsEntry("opened", 1L);
        }
    }

    @Test
    void one_poisoned_ticket_does_not_keep_the_others() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().abortWhen("incident", "No encryption", record -> record.getOrDefault(
                            "short_description", "")
                    .contains("control-103"));

            Pass pass = bridge.importFile(controls(12, "disk-1").write(folder));

            assertThat(bridge.tickets()).hasSize(11);
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("No encryption"));
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 11L, "dead", 1L));
        }
    }

    @Test
    void a_profile_that_is_refused_again_and_again_opens_one_circuit_and_the_rest_is_held() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().abortWhen("incident", "Location is mandatory", record -> true);
            Path scan = controls(60, "disk-1").write(folder);

            Pass pass = bridge.importFile(scan);

            int dead = bridge.deadLetters().size();
            // Five open it; of the eight that are at work by then, four of which call, some have been decided already.
            assertThat(dead).isBetween(5, 5 + 8);
            assertThat(bridge.held()).isEqualTo(60 - dead);
            assertThat(bridge.serviceNow().requests().matching(OPENING)).hasSize(dead);
            assertThat(pass.findings()).isEqualTo(Map.of("dead", (long) dead, "held", 60L - dead));

            bridge.serviceNow().settings().abortNothing();
            bridge.restart().importFile(scan);

            assertThat(bridge.tickets()).hasSize(60 - dead);
            assertThat(bridge.held()).isZero();
        }
    }

    @Test
    void a_ticket_that_somebody_deleted_is_opened_anew() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(controls(1, "disk-1").write(folder));
            String first = bridge.ticket().get("sys_id");
            bridge.serviceNow().delete("incident", first);

            bridge.importFile(controls(1, "disk-1").write(folder));

            assertThat(bridge.ticket().get("sys_id")).isNotEqualTo(first);
        }
    }
}
