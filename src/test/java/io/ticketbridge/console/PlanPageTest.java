package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan as a page (P29). */
class PlanPageTest {
    @TempDir
    private Path folder;

    @Test
    void a_plan_is_made_behind_the_page_and_writes_nothing() throws Exception {
        Path scans = Files.createDirectories(folder.resolve("scans"));
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.folder", scans.toString())
                .with("flow.compliance.poll", "0 0 0 1 1 ? 2099")
                .scheduled()) {
            Browser browser = new Browser(bridge.engine().console().orElseThrow());
            Scan.of().saying("<b>bold</b>").fails("s3-public", "bucket-1").write(scans);
            assertThat(browser.page("/plan")).contains("Make a plan").doesNotContain("The plan of");

            assertThat(browser.post("/plan/make", Map.of("token", browser.token("/plan")))
                            .statusCode())
                    .isEqualTo(303);

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(browser.page("/plan"))
                    .contains("The plan of", "1 to open", "Rule s3-public", "1 finding fails, no ticket yet")
                    .contains("&lt;b&gt;bold")
                    .doesNotContain("<b>bold"));
            assertThat(bridge.writes()).isZero();
            assertThat(bridge.count("select count(*) from finding_group")).isZero();
        }
    }

    @Test
    void without_the_forms_token_no_plan_is_made() {
        try (Bridge bridge =
                Bridge.in(folder).with("flow.cases.enabled", "false").scheduled()) {
            Browser browser = new Browser(bridge.engine().console().orElseThrow());

            assertThat(browser.post("/plan/make", Map.of("token", "guessed")).statusCode())
                    .isEqualTo(403);
            assertThat(browser.page("/plan")).doesNotContain("being made");
        }
    }
}
