package io.ticketbridge.deliver.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.servicenow.Settings.RangeRefusal;
import io.ticketbridge.ticket.Ticket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found out of an instance before it is trusted (P16). */
class InstanceProbeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final ServiceNowSimulator instance =
            ServiceNowSimulator.start(ServiceNowSimulator.Options.defaults().withClock(new Clock() {
                @Override
                public Instant instant() {
                    return now.get();
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            }));

    @AfterEach
    void stop() {
        instance.close();
    }

    private String create(Map<String, String> fields) {
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(1)));
        return instance.create("incident", fields, "beth.anglin");
    }

    private void createOurs() {
        create(Map.of(
                "correlation_id",
                Ticket.correlationId(UUID.randomUUID(), 1),
                "correlation_display",
                Ticket.display(Flow.NAME)));
    }

    /** @return how many questions it took */
    /** As for flows that ask for all there is to ask for. */
    private int probe() {
        return probe(new TableProbe("incident", List.of(Ticket.display(Flow.NAME)), true, true));
    }

    private int probe(TableProbe probe) {
        int asked = 0;
        for (; probe.isHasNext(); asked++) {
            probe.accept(ask(probe.request()));
        }
        return asked;
    }

    private List<Map<String, Object>> ask(ServiceNowCall call) {
        String login =
                instance.credentials().user() + ":" + instance.credentials().password();
        String address = instance.url() + "/api/now/table/incident?sysparm_query="
                + URLEncoder.encode(
                        call.headers().get(ServiceNowConstants.SYSPARM_QUERY).toString(), StandardCharsets.UTF_8)
                + "&sysparm_fields=" + call.headers().get(ServiceNowConstants.SYSPARM_FIELDS)
                + "&sysparm_limit=" + call.headers().get(ServiceNowConstants.SYSPARM_LIMIT);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return JSON.convertValue(
                    JSON.readTree(answer.body()).path("result"), new TypeReference<List<Map<String, Object>>>() {});
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_instance_that_answers_what_it_is_asked_passes_with_three_questions_and_an_empty_one_with_as_many() {
        assertThat(probe()).isEqualTo(3);
        createOurs();
        createOurs();
        assertThat(probe()).isEqualTo(3);
    }

    @Test
    void a_table_without_records_of_ours_is_tried_with_those_of_others() {
        create(Map.of());
        assertThat(probe()).isEqualTo(4);

        instance.settings().rangeRefused("incident", "sys_updated_on", RangeRefusal.NO_ROWS);
        assertThatThrownBy(this::probe).isInstanceOf(WrongAnswer.class);
    }

    @Test
    void a_user_that_may_see_no_tickets_but_ours_passes() {
        String others = create(Map.of());
        createOurs();
        instance.settings().hidden(others, true);

        assertThat(probe()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys_updated_on", "sys_created_on", "correlation_id"})
    void a_right_that_no_flow_of_the_table_needs_is_not_asked_for(String column) {
        createOurs();
        instance.settings().rangeRefused("task", column, RangeRefusal.NO_ROWS);

        assertThat(probe(new InstanceProbe(Flow.settings(Map.of())).probe("incident")))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys_updated_on", "sys_id", "correlation_id"})
    void a_column_that_may_not_be_queried_by_range_is_named_with_the_right_to_grant(String column) {
        createOurs();
        assertThat(probe()).isEqualTo(3);
        instance.settings().rangeRefused("task", column, RangeRefusal.NO_ROWS);

        assertThatThrownBy(this::probe)
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("no record of incident")
                .hasMessageContaining(column)
                .hasMessageContaining("query_range");
    }

    @Test
    void rows_for_a_key_that_does_not_exist_are_a_query_whose_condition_was_dropped() {
        createOurs();
        instance.faults().always(RequestMatcher.on("GET", "/table/incident$"), Fault.conditionsDropped());

        assertThatThrownBy(this::probe)
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("a key that does not exist")
                .hasMessageContaining("can't query correlation_id");
    }

    @Test
    void a_condition_by_time_that_is_left_out_is_named_too() {
        createOurs();
        createOurs();
        instance.settings().rangeRefused("incident", "sys_updated_on", RangeRefusal.IGNORED);

        assertThatThrownBy(this::probe)
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("with older ones")
                .hasMessageContaining("query_range")
                .hasMessageContaining("time zone to GMT");
    }
}
