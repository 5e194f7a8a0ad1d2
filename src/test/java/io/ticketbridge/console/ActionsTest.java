package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the buttons of the console do (P12, P20, P37). */
class ActionsTest {
    @TempDir
    private Path folder;

    private Bridge bridge;

    @BeforeEach
    void prepare() {
        bridge = Bridge.in(folder).with("flow.cases.enabled", "false").scheduled();
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private Browser browser() {
        return new Browser(bridge.engine().console().orElseThrow());
    }

    @Test
    void what_a_breaker_holds_is_shown_by_flow_and_reason_and_let_go_by_a_button() {
        bridge.with("flow.compliance.max-new-tickets-per-run", "2");
        Browser browser = browser();
        bridge.importFile(Scan.of()
                .fails("a", "1")
                .fails("b", "1")
                .fails("c", "1")
                .fails("d", "1")
                .write(folder));
        assertThat(browser.page("/held"))
                .contains("max-new-tickets-per-run is used up", "<td class=\"n\">2</td>", "Release compliance");
        assertThat(browser.page("/")).contains("class=\"warn\" href=\"/held\">2</a>");

        HttpResponse<String> done =
                browser.post("/held/release", Map.of("token", browser.token("/held"), "flow", "compliance"));

        assertThat(done.statusCode()).isEqualTo(303);
        String page = browser.page(done.headers().firstValue("location").orElseThrow());
        assertThat(page).contains("2 groups of flow compliance were let go", "Nothing is held");
        await().until(() -> bridge.tickets().size() == 4);
        assertThat(browser.page("/held")).doesNotContain("were let go");
    }

    @Test
    void a_dead_letter_shows_cause_request_and_answer_and_its_replay_opens_the_ticket_once() {
        AtomicBoolean mended = new AtomicBoolean();
        bridge.serviceNow().settings().abortWhen("incident", "<script>Not today</script>", record -> !mended.get());
        Browser browser = browser();
        bridge.importFile(Scan.of().fails("open-ssh", "sg-1").write(folder));
        String list = browser.page("/dead-letters");
        assertThat(list)
                .contains("refused", "refused by ServiceNow", "403", "short_description", "&lt;script&gt;Not today")
                .doesNotContain("<script");
        long id = bridge.deadLetters().get(0).id();
        assertThat(browser.page("/dead-letters/" + id)).contains("What was sent", "What came back");
        mended.set(true);

        HttpResponse<String> done = browser.post(
                "/dead-letters/replay", Map.of("token", browser.token("/dead-letters"), "id", String.valueOf(id)));

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(browser.page(done.headers().firstValue("location").orElseThrow()))
                .contains("gets another try");
        await().until(() -> bridge.deadLetters().isEmpty());
        await().untilAsserted(
                        () -> assertThat(browser.page("/dead-letters")).contains("is through", "1 of 1 done with"));
        assertThat(bridge.tickets()).hasSize(1);
    }

    @Test
    void a_form_that_names_no_letters_does_nothing_and_one_that_is_discarded_is_gone() {
        Browser browser = browser();
        bridge.importFile(Scan.of()
                .raw("{\"class_uid\": 2003}")
                .fails("logging", "disk-1")
                .write(folder));
        String token = browser.token("/dead-letters");

        assertThat(browser.post("/dead-letters/discard", Map.of("token", token)).statusCode())
                .isEqualTo(400);
        assertThat(bridge.deadLetters()).hasSize(1);
        assertThat(browser.post(
                                "/dead-letters/discard",
                                Map.of(
                                        "token",
                                        token,
                                        "class",
                                        bridge.deadLetters().get(0).kind()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(bridge.deadLetters()).isEmpty();
    }

    @Test
    void a_secret_that_got_into_the_ledger_is_not_shown() {
        Browser browser = browser();
        String secret = bridge.serviceNow().credentials().clientSecret();
        bridge.importFile(Scan.of().raw("{\"class_uid\": 2003}").write(folder));
        bridge.engine()
                .database()
                .client()
                .sql("update dead_letter set raw = :secret, error = :secret, answer = :secret")
                .param("secret", "it says " + secret)
                .update();
        long id = bridge.deadLetters().get(0).id();

        assertThat(browser.page("/dead-letters") + browser.page("/dead-letters/" + id))
                .contains("it says ***")
                .doesNotContain(secret);
    }
}
