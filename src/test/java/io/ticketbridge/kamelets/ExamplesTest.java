package io.ticketbridge.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final String TOKEN = "t0ken+with&signs%41";

    @Test
    void the_example_runs_as_it_stands_with_addresses_and_tokens_alone() throws Exception {
        List<Request> taken = new CopyOnWriteArrayList<>();
        Main main = new Main();
        try (PostureApi posture = new PostureApi()
                        .account("a-1", "prod", "1", "{\"id\":\"ccc:a-1:R:S:eu:x\",\"status\":\"FAILURE\"}");
                SimulatorServer ticketbridge = SimulatorServer.start("ticketbridge", 0, Clock.systemUTC(), request -> {
                    taken.add(request);
                    return Answer.text(202, "application/json", "{\"id\":\"1\"}");
                })) {
            main.setPropertyPlaceholderLocations("file:kamelets/examples/application.properties");
            main.addOverrideProperty("vision-one.url", posture.url());
            main.addOverrideProperty("vision-one.token", PostureApi.TOKEN);
            main.addOverrideProperty("ticketbridge.url", ticketbridge.url());
            main.addOverrideProperty("ticketbridge.token", TOKEN);
            // Ticketbridge's own class path has them; the example's has not.
            main.addOverrideProperty("camel.opentelemetry2.enabled", "false");
            main.addOverrideProperty("camel.management.enabled", "false");
            main.start();

            await().atMost(KameletWorld.PATIENCE).until(() -> !taken.isEmpty());
        } finally {
            main.stop();
        }
        assertThat(taken.get(0).path()).isEqualTo("/intake/compliance");
        assertThat(taken.get(0).header("Authorization")).contains("Bearer " + TOKEN);
        assertThat(ReadBack.records(taken.get(0).text())).hasSize(1);
    }

    @Test
    void the_documentation_names_each_kamelet() throws IOException {
        assertThat(Files.readString(Path.of("docs/kamelets.md")))
                .contains(KameletFile.all().stream().map(KameletFile::name).toList());
    }
}
