package io.ticketbridge.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.sandbox.visionone.NextLinks;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VisionOneCasesSourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CASES = "/v3.0/caseManagement/cases";

    private final KameletWorld world = new KameletWorld();
    private VisionOneSimulator visionOne =
            VisionOneSimulator.start(Options.defaults().withCases(130));

    @AfterEach
    void stop() {
        world.close();
        visionOne.close();
    }

    @Test
    void every_case_of_every_page_comes_once_as_vision_one_has_it() throws Exception {
        world.read(source(Map.of()));

        List<KameletWorld.Message> cases = world.await(130);

        assertThat(cases).hasSize(130);
        assertThat(cases.stream().map(each -> each.headers().get("TrendVisionOneCaseId")))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        visionOne.cases().stream().map(SimulatedCase::id).toList());
        for (KameletWorld.Message each : cases) {
            JsonNode body = JSON.readTree(each.body());
            assertThat(each.headers())
                    .containsOnly(
                            Map.entry("TrendVisionOneCaseId", body.get("id").asText()),
                            Map.entry(
                                    "TrendVisionOneCaseUpdated",
                                    body.get("updatedDateTime").asText()),
                            Map.entry("Content-Type", "application/json"));
            assertThat(each.variables().toString()).doesNotContain(visionOne.token());
        }
        assertThat(lists()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = "VENDOR_HOST", mode = EnumSource.Mode.EXCLUDE)
    void links_of_any_style_are_followed(NextLinks style) {
        visionOne.close();
        visionOne = VisionOneSimulator.start(Options.defaults().withCases(130).withNextLinks(style));
        world.read(source(Map.of()));

        assertThat(world.await(130)).hasSize(130);
    }

    @Test
    void what_changed_comes_with_the_next_poll_and_nothing_else() {
        world.read(source(Map.of("period", "300")));
        world.await(130);

        visionOne.addCase("A new one", "P1");

        await().atMost(KameletWorld.PATIENCE).until(() -> world.received().size() > 130);
        int polls = lists().size();
        await().atMost(KameletWorld.PATIENCE).until(() -> lists().size() > polls + 2);
        assertThat(world.received()).hasSize(131);
        assertThat(world.received().get(130).body()).contains("A new one");
        assertThat(lists().get(0).query()).contains("startDateTime=20").doesNotContain("startDateTime=" + today());
        assertThat(lists().get(lists().size() - 1).query()).contains("startDateTime=" + today());
    }

    @Test
    void what_the_next_step_refused_comes_again_and_what_it_took_does_not() {
        List<String> taken = new CopyOnWriteArrayList<>();
        AtomicBoolean refuse = new AtomicBoolean(true);
        world.route(source(Map.of("period", "300")), exchange -> {
            if (taken.size() == 110 && refuse.getAndSet(false)) {
                throw new IllegalStateException("not now");
            }
            taken.add(exchange.getMessage().getHeader("TrendVisionOneCaseId", String.class));
        });

        await().atMost(KameletWorld.PATIENCE).until(() -> taken.size() >= 130);

        assertThat(taken).hasSize(130).doesNotHaveDuplicates();
    }

    @Test
    void the_filter_is_sent_as_it_is() {
        world.read(source(Map.of("filter", "priority eq 'P0' and not (status eq 'Closed')")));
        await().atMost(KameletWorld.PATIENCE).until(() -> !lists().isEmpty());

        long expected = visionOne.cases().stream()
                .filter(each -> each.json().get("priority").asText().equals("P0")
                        && !each.json().get("status").asText().equals("Closed"))
                .count();
        assertThat(world.await((int) expected)).hasSize((int) expected);
    }

    @Test
    void a_limit_is_waited_for_and_a_failed_poll_repeated() {
        visionOne.faults().next(1, path -> path.equals(CASES), VisionOneFaults.tooManyRequests(1));
        visionOne.faults().next(1, path -> path.equals(CASES), HttpFault.htmlPage(502));

        world.read(source(Map.of("period", "300")));

        assertThat(world.await(130)).hasSize(130);
    }

    @Test
    void a_list_that_leads_to_itself_ends() {
        visionOne
                .faults()
                .nextMatching(50, page -> page.query("skipToken").isPresent(), VisionOneFaults.repeatedPage());
        try (CapturedLog log = new CapturedLog()) {
            world.read(source(Map.of()));

            await().atMost(KameletWorld.PATIENCE).until(() -> log.lines(Level.ERROR).stream()
                    .anyMatch(line -> line.contains("Vision One names the same page again")));
        }
        assertThat(lists()).hasSize(2);
    }

    @Test
    void what_is_no_case_costs_only_itself() {
        visionOne.faults().always(path -> path.equals(CASES), VisionOneFaults.stringItem());

        world.read(source(Map.of()));

        assertThat(world.await(130)).hasSize(130);
    }

    @Test
    void a_wrong_key_is_said_and_no_key_is() {
        try (CapturedLog log = new CapturedLog()) {
            world.read(source(Map.of("token", "wr0ng-key")));

            await().atMost(KameletWorld.PATIENCE).until(() -> log.lines(Level.ERROR).stream()
                    .anyMatch(line -> line.contains("Vision One answered 401 Invalid token")));
            assertThat(log.lines(Level.TRACE)).noneMatch(line -> line.contains("wr0ng-key"));
        }
    }

    private String source(Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>(
                Map.of("url", visionOne.url(), "token", visionOne.token(), "lookback", "5000d", "period", "3600000"));
        properties.putAll(more);
        return KameletWorld.kamelet("trend-vision-one-cases-source", properties);
    }

    /** Ten minutes ago, since so far each poll reads back. */
    private static String today() {
        return LocalDate.ofInstant(Instant.now().minus(Duration.ofMinutes(10)), ZoneOffset.UTC)
                .toString();
    }

    private List<RecordedRequest> lists() {
        return visionOne.requests().all();
    }
}
