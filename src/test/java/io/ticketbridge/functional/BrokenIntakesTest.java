package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.letter.OpenLetters;
import io.ticketbridge.source.files.BrokenFindings;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent: an answer that says what is wrong and where, no crash, and the next one is read as ever (P4, P36, P39). */
class BrokenIntakesTest {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final String[] AUTHORISED = {"Authorization", "Bearer " + TOKEN};
    private static final String PLACE = "(?s).*line \\d+, column \\d+.*";

    @TempDir
    private Path folder;

    @Test
    void broken_bodies_are_refused_or_read_as_far_as_they_go_and_the_intake_goes_on() throws Exception {
        try (Bridge bridge = bridge().scheduled()) {
            Sender sender = new Sender(bridge.engine().intake().orElseThrow(), "sent");
            for (Map.Entry<String, byte[]> file : BrokenFindings.files().entrySet()) {
                assertAnswered(file.getKey(), sender.post(file.getValue(), AUTHORISED));
            }
            for (String record : BrokenFindings.records("bucket")) {
                List<String> mutants = BrokenFindings.ofWrongTypes(record);
                assertAnswered("types", sender.post(utf8("[" + String.join(",", mutants) + "]"), AUTHORISED));
                for (byte[] mutant : BrokenFindings.ofWrongBytes("[" + record + "," + record + "]", 12, 7)) {
                    assertAnswered(new String(mutant, StandardCharsets.UTF_8), sender.post(mutant, AUTHORISED));
                }
            }
            for (Map.Entry<String, InputStream> stream :
                    BrokenFindings.endless(5).entrySet()) {
                int status = sender.post(BodyPublishers.ofInputStream(stream::getValue), "", AUTHORISED)
                        .statusCode();
                assertThat(status).as(stream.getKey()).isIn(400, 413);
            }
            byte[] bomb = Sender.gzip(utf8("[" + " ".repeat(20_000_000) + "]"));
            assertThat(sender.post(bomb, "Authorization", "Bearer " + TOKEN, "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(413);

            HttpResponse<String> good = sender.post(
                    Files.readAllBytes(Scan.of().fails("still-read", "disk-1").write(folder)), AUTHORISED);

            assertThat(good.statusCode()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(60)).until(() -> bridge.tickets().stream()
                    .anyMatch(ticket -> ticket.get("short_description").contains("still-read")));
            assertThat(bridge.count("select count(*) from intake_part")).isZero();
            assertThat(errors(bridge))
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error).matches(PLACE).doesNotContain("please report it"));
        }
    }

    private Bridge bridge() {
        return Bridge.in(folder, Ledger.H2)
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.enabled", "false")
                .with("flow.sent.source", "http")
                .with("flow.sent.profile", "tickets")
                .with("flow.sent.group-by", "control")
                .with("flow.sent.token", TOKEN)
                .with("http.intake-max-size", "2000000")
                .with("http.intake-requests-per-minute", "100000");
    }

    private static void assertAnswered(String what, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(what + ": " + answer.body()).isIn(200, 202, 400);
        if (answer.statusCode() == 400) {
            assertThat(answer.body()).as(what).matches(PLACE);
        }
    }

    private static List<String> errors(Bridge bridge) {
        List<String> errors = new ArrayList<>();
        new OpenLetters(bridge.engine().database()).of(10_000).forEach(letter -> errors.add(letter.error()));
        return errors;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
