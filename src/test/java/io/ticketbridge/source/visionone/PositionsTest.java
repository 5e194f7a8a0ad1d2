package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a position is worth after a flow's settings changed. */
class PositionsTest {
    private static final String POSITION = "2026-11-30T07:00:00Z";
    private static final Instant OVERLAPPING = Instant.parse("2026-11-30T06:50:00Z");

    private final LedgerDatabase database = FreshDatabase.H2.open();
    private final LedgerWorld world = new LedgerWorld(database, Flow.groupedBy("resource"));
    private final Watermarks watermarks = new Watermarks(database, world.clock);
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "flow.cases.source", "vision-one-cases",
            "flow.cases.profile", "incident",
            "flow.cases.source-filter", "priority eq 'P0'",
            "vision-one.url", "https://api.eu.xdr.trendmicro.com",
            "vision-one.token", key("test", 1),
            "vision-one.other.url", "https://api.eu.xdr.trendmicro.com",
            "vision-one.other.token", key("test", 2)));

    @AfterEach
    void close() {
        world.close();
    }

    /** An API key of a customer's, in the vendor's form. */
    private static String key(String customer, int number) {
        String claims = "{\"cid\":\"" + customer + "\",\"id\":\"" + number + "\"}";
        return "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl";
    }

    private Positions positions() {
        return new Positions(Flow.settings(settings), watermarks);
    }

    private void read() {
        Run run = world.runs.begin("cases", "cases");
        positions().remember("cases", run);
        world.runs.endReading(run);
        watermarks.move("cases", POSITION);
    }

    @Test
    void a_flow_that_read_nothing_yet_reads_from_the_start() {
        assertThat(positions().isFirst("cases")).isTrue();
        assertThat(positions().since("cases")).isEqualTo(Instant.EPOCH);
        assertThat(positions().hasOtherFilters("cases")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "flow.cases.poll, 7m",
        "flow.cases.max-new-tickets-per-run, 7",
        "vision-one.token, the next key of the same tenant",
        "flow.cases.instance, other"
    })
    void what_says_nothing_of_where_it_reads_leaves_the_position(String key, String value) {
        read();
        settings.put(key, key.endsWith("token") ? key("test", 3) : value);

        assertThat(positions().since("cases")).isEqualTo(OVERLAPPING);
        assertThat(positions().hasOtherFilters("cases")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "flow.cases.source, vision-one-alerts",
        "vision-one.url, https://api.xdr.trendmicro.com",
        "vision-one.token, a key of production"
    })
    void another_list_or_tenant_is_read_from_the_start(String key, String value) {
        read();
        settings.put(key, key.endsWith("token") ? key("production", 1) : value);

        assertThat(positions().isMoved("cases")).isTrue();
        assertThat(positions().isFirst("cases")).isTrue();
        assertThat(positions().since("cases")).isEqualTo(Instant.EPOCH);
        assertThat(positions().hasOtherFilters("cases"))
                .as("all of it is read anyway")
                .isFalse();

        read();
        assertThat(positions().since("cases")).isEqualTo(OVERLAPPING);
    }

    @Test
    void where_keys_name_no_tenant_another_name_of_the_instance_is_another_tenant() {
        settings.put("vision-one.token", "opaque");
        settings.put("vision-one.other.token", "opaque as well");
        read();
        settings.put("flow.cases.instance", "other");

        assertThat(positions().isMoved("cases")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"flow.cases.source-filter, priority eq 'P1'", "flow.cases.filter, ${body.severity} == 'CRITICAL'"})
    void with_other_filters_the_news_come_as_before_and_a_backlog_is_owed_once(String key, String value) {
        read();
        settings.put(key, value);

        assertThat(positions().since("cases")).isEqualTo(OVERLAPPING);
        assertThat(positions().hasOtherFilters("cases")).isTrue();

        read();
        assertThat(positions().hasOtherFilters("cases")).isFalse();
    }

    @Test
    void a_position_of_an_older_version_is_one_of_the_settings_first_seen_with_it() {
        watermarks.move("cases", POSITION);

        assertThat(positions().since("cases")).isEqualTo(OVERLAPPING);
        assertThat(positions().hasOtherFilters("cases")).isFalse();
    }

    @Test
    void a_run_that_fails_has_read_nothing() {
        read();
        settings.put("flow.cases.source-filter", "priority eq 'P1'");
        Run run = world.runs.begin("cases", "backlog");
        positions().remember("cases", run);
        world.runs.fail(run, "the source is down");

        assertThat(positions().hasOtherFilters("cases")).isTrue();
    }
}
