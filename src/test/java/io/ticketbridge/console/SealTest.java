package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.HttpSettings;
import io.ticketbridge.config.Secret;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one replica of the console gave out, another one knows again, and nobody else can make (P39). */
class SealTest {
    private static final String TEXT = "2 groups of flow prüfung were let go; their tickets follow.";

    private static HttpSettings settings(String password) {
        return new HttpSettings("0.0.0.0", 9876, true, 8080, "ticketbridge", Secret.of(password), 1_000);
    }

    private static Gate gate(HttpSettings settings) {
        return new Gate(settings, new Seal(settings), Clock.systemUTC());
    }

    private static Messages messages(String password) {
        return new Messages(new Seal(settings(password)));
    }

    /** As a browser sends it that shows the form of another replica. */
    private static Request click(String token, String password) {
        String credential =
                Base64.getEncoder().encodeToString(("ticketbridge:" + password).getBytes(StandardCharsets.UTF_8));
        return new Request(
                "POST",
                "bridge.example.com",
                "/held/release",
                List.of("held", "release"),
                MultiMap.caseInsensitiveMultiMap(),
                MultiMap.caseInsensitiveMultiMap().add("token", token),
                MultiMap.caseInsensitiveMultiMap().add("Authorization", "Basic " + credential),
                "127.0.0.1");
    }

    @Test
    void a_form_of_one_replica_acts_on_another() {
        String token = gate(settings("open-sesame")).token();

        assertThatCode(() -> gate(settings("open-sesame")).check(click(token, "open-sesame")))
                .doesNotThrowAnyException();
    }

    @Test
    void a_form_from_before_the_password_was_changed_does_nothing_and_says_why() {
        String token = gate(settings("open-barley")).token();

        assertThatThrownBy(() -> gate(settings("open-sesame")).check(click(token, "open-sesame")))
                .isInstanceOf(PageRefusal.class)
                .hasMessageContaining("Nothing was done")
                .hasMessageContaining("password was changed since, or another replica");
    }

    @Test
    void without_a_password_each_process_has_forms_of_its_own() {
        String token = gate(settings("")).token();

        assertThatThrownBy(() -> gate(settings("")).check(click(token, "")))
                .isInstanceOf(PageRefusal.class)
                .hasMessageContaining("started again since");
    }

    @Test
    void what_one_replica_says_another_one_shows() {
        String link = messages("open-sesame").sealed(TEXT);

        assertThat(link).matches("[\\w.-]+");
        assertThat(messages("open-sesame").read(link)).isEqualTo(TEXT);
    }

    @Test
    void nobody_else_can_put_words_there() {
        Messages messages = messages("open-sesame");
        String[] link = messages.sealed(TEXT).split("\\.");
        String other = messages.sealed("All is well").split("\\.")[0];
        String token = gate(settings("open-sesame")).token();

        assertThat(messages("open-barley").read(messages.sealed(TEXT))).isNull();
        assertThat(messages.read(other + "." + link[1])).isNull();
        assertThat(messages.read(link[0] + "." + token)).isNull();
        assertThat(messages.read("." + token)).as("a form's token is no seal").isNull();
        for (String wrong : new String[] {"", ".", "??.x", link[0], link[0] + ".", TEXT}) {
            assertThat(messages.read(wrong)).as(wrong).isNull();
        }
    }

    @Test
    void a_page_says_what_only_its_replica_knows_where_there_may_be_several() {
        assertThat(plan(true)).contains("Where several replicas run, a plan is known to the one that made it");
        assertThat(plan(false)).doesNotContain("replicas");
    }

    private static String plan(boolean shared) {
        Map<String, Object> model = new HashMap<>(Map.of("title", "Plan", "section", "plan", "token", "x"));
        model.put("shared", shared);
        return new Templates().fill("plan", model);
    }
}
