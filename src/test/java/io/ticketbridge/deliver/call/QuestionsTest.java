package io.ticketbridge.deliver.call;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.deliver.Delivery;
import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Action;
import jakarta.ws.rs.ProcessingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked before a ticket is written: an answer counts, a fault that passes does not. */
class QuestionsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Map<String, Object> USER =
            Map.of("sys_id", "62826bf03710200044e0bfc8bcbe5df1", "user_name", "user");

    private DeliveryWorld world;

    @BeforeEach
    void open() {
        LastAnswers.none();
        world = new DeliveryWorld(Map.of("group-by", "check", "profile.incident.on-open.impact", "1 - High"));
        world.ledger.scan(ONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static List<Exception> passing() {
        return List.of(
                answered(503),
                answered(500),
                answered(429),
                answered(401),
                new ProcessingException(new SocketTimeoutException("Read timed out")),
                new ProcessingException(new ConnectException("Connection refused")));
    }

    private static ServiceNowException answered(int status) {
        return new ServiceNowException(status, Map.of("error", Map.of("message", "Not today", "detail", "")));
    }

    private void fails(String table, Exception fault) {
        world.answers(table, call -> {
            throw fault;
        });
    }

    /** Whatever passes: asked again as soon as its wait is over, for nothing is known yet. */
    private void assertWaits(Delivery delivery, String table) {
        for (Exception fault : passing()) {
            fails(table, fault);
            assertThatThrownBy(() -> world.draft(delivery))
                    .as(fault.toString())
                    .isInstanceOf(NotNow.class)
                    .hasMessageContaining(table);
            world.ledger.clock.advance(Duration.ofMinutes(1));
        }
    }

    /** The one choice of a task's impact. */
    private void hasChoice(String label, String value) {
        Map<String, Object> choice = Map.of(
                "sys_id", "0".repeat(31) + "1", "name", "task", "element", "impact", "label", label, "value", value);
        world.answers(
                "sys_choice", call -> call.headers().toString().contains("sys_id>") ? List.of() : List.of(choice));
    }

    @Test
    void a_ticket_waits_for_its_caller_while_the_look_up_fails() {
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");
        assertWaits(delivery, "sys_user");

        world.answers("sys_user", call -> List.of(USER));
        assertThat(world.draft(delivery))
                .containsEntry("caller_id", USER.get("sys_id").toString());
    }

    @Test
    void a_user_that_may_not_be_read_is_asked_for_once_and_no_caller() {
        fails("sys_user", answered(403));
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");

        assertThat(world.draft(delivery)).doesNotContainKey("caller_id");

        world.answers("sys_user", call -> List.of(USER));
        assertThat(world.draft(delivery)).doesNotContainKey("caller_id");
    }

    /** As with OAuth and client credentials, where no setting names the user. */
    @Test
    void whom_nobody_named_the_instance_does_and_he_is_the_caller() {
        world.close();
        world = new DeliveryWorld(Map.of(
                "group-by", "check",
                "servicenow.auth", "oauth-client-credentials",
                "servicenow.client-id", "id",
                "servicenow.client-secret", "secret",
                "servicenow.user", ""));
        world.ledger.scan(ONE);
        world.answers(
                "sys_user",
                call -> call.headers().toString().contains("sys_id=javascript:gs.getUserID()")
                        ? List.of(USER)
                        : List.of());

        assertThat(world.draft(world.intended(ONE, Action.OPEN, "no ticket yet")))
                .containsEntry("caller_id", USER.get("sys_id").toString());
    }

    @Test
    void a_ticket_waits_for_the_choices_while_nothing_is_known_of_them() {
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");
        assertWaits(delivery, "sys_choice");

        hasChoice("1 - High", "1");
        assertThat(world.draft(delivery)).containsEntry("impact", "1");
    }

    @Test
    void the_choices_that_are_known_hold_while_they_can_not_be_read_again() {
        hasChoice("1 - High", "1");
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");
        world.draft(delivery);
        world.ledger.clock.advance(Duration.ofHours(1));
        for (Exception fault : passing()) {
            fails("sys_choice", fault);
            assertThat(world.draft(delivery)).as(fault.toString()).containsEntry("impact", "1");
            world.ledger.clock.advance(Duration.ofMinutes(1));
        }
        world.draft(delivery);

        hasChoice("1 - High", "one");
        assertThat(world.draft(delivery)).containsEntry("impact", "1");
        world.ledger.clock.advance(Duration.ofMinutes(1));
        assertThat(world.draft(delivery)).containsEntry("impact", "one");
    }

    @Test
    void while_nothing_is_known_of_a_table_a_failure_holds_for_its_wait() {
        AtomicInteger calls = new AtomicInteger();
        world.answers("sys_choice", call -> {
            calls.incrementAndGet();
            throw answered(503);
        });
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");
        assertThatThrownBy(() -> world.draft(delivery)).isInstanceOf(NotNow.class);
        assertThatThrownBy(() -> world.draft(delivery))
                .isInstanceOfSatisfying(
                        NotNow.class, later -> assertThat(later.getWait()).isPositive())
                .hasMessageContaining("sys_choice");
        assertThat(calls).hasValue(1);

        world.ledger.clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> world.draft(delivery)).isInstanceOf(NotNow.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void nobody_waits_for_what_another_one_asks_where_something_is_known() throws Exception {
        hasChoice("1 - High", "1");
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");
        world.draft(delivery);
        world.ledger.clock.advance(Duration.ofHours(1));
        CountDownLatch asks = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        world.answers("sys_choice", call -> {
            asks.countDown();
            answers.await(60, TimeUnit.SECONDS);
            return List.of();
        });
        CompletableFuture<Map<String, String>> other = CompletableFuture.supplyAsync(() -> world.draft(delivery));
        assertThat(asks.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(CompletableFuture.supplyAsync(() -> world.draft(delivery)).get(30, TimeUnit.SECONDS))
                .containsEntry("impact", "1");
        answers.countDown();
        other.get(30, TimeUnit.SECONDS);
    }

    @Test
    void choices_that_may_not_be_read_are_sent_as_they_are_written() {
        fails("sys_choice", answered(403));

        assertThat(world.draft(world.intended(ONE, Action.OPEN, "no ticket yet")))
                .containsEntry("impact", "1 - High");
    }

    @Test
    void choices_are_gone_by_where_the_columns_may_not_be_read() {
        AtomicInteger calls = new AtomicInteger();
        world.answers("sys_dictionary", call -> {
            calls.incrementAndGet();
            throw answered(403);
        });
        hasChoice("1 - High", "1");
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");

        assertThat(world.draft(delivery)).containsEntry("impact", "1");
        world.ledger.clock.advance(Duration.ofMinutes(59));
        world.draft(delivery);
        assertThat(calls).as("a refusal is not asked for each minute").hasValue(1);
    }

    @Test
    void texts_are_cut_at_the_instances_lengths_where_the_choices_may_not_be_read() {
        fails("sys_choice", answered(403));
        world.answers(
                "sys_dictionary",
                call -> List.of(Map.of("name", "task", "element", "short_description", "max_length", "12")));

        assertThat(world.draft(world.intended(ONE, Action.OPEN, "no ticket yet"))
                        .get("short_description"))
                .hasSizeLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"incident", "u_parent"})
    void a_choice_of_any_column_may_be_given_by_label_whatever_table_has_it(String table) {
        world.close();
        world = new DeliveryWorld(Map.of(
                "group-by", "check",
                "profile.incident.table", "incident",
                "profile.incident.on-open.u_origin", "A machine"));
        world.ledger.scan(ONE);
        Map<String, String> parents = Map.of("incident", "u_parent", "u_parent", "task");
        world.answers("sys_db_object", call -> parents.entrySet().stream()
                .filter(parent -> query(call).equals("name=" + parent.getKey()))
                .<Map<String, Object>>map(parent -> Map.of("super_class.name", parent.getValue()))
                .toList());
        Map<String, Object> choice =
                Map.of("sys_id", "1", "name", table, "element", "u_origin", "label", "A machine", "value", "machine");
        world.answers(
                "sys_choice",
                call -> query(call).matches("nameIN(.*,)?" + table + "[,^].*elementIN.*,u_origin[,^].*")
                                && !query(call).contains("sys_id>")
                        ? List.of(choice)
                        : List.of());

        assertThat(world.draft(world.intended(ONE, Action.OPEN, "no ticket yet")))
                .containsEntry("u_origin", "machine");
    }

    @Test
    void what_a_table_extends_need_not_be_told() {
        fails("sys_db_object", answered(403));
        hasChoice("1 - High", "1");

        assertThat(world.draft(world.intended(ONE, Action.OPEN, "no ticket yet")))
                .containsEntry("impact", "1");
    }

    private static String query(ServiceNowCall call) {
        return call.headers().get(ServiceNowConstants.SYSPARM_QUERY).toString();
    }
}
