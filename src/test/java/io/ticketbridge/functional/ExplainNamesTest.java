package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code explain} finds a thing by whatever a person has in hand of it, and never tells of another (P31). */
class ExplainNamesTest {
    private static final String ARN = "arn:aws:s3:::Finance-Reports";

    @TempDir
    private Path folder;

    private static CommandRun explain(Bridge bridge, String id) {
        return CommandRun.of("explain", id, "--config", bridge.config().toString());
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void another_case_a_part_a_url_and_a_reference_of_a_note_are_found(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(Scan.of().fails("s3-public", ARN).write(folder));
            bridge.later(Duration.ofDays(1))
                    .importFile(Scan.of().fails("s3-public", ARN, "other").write(folder));
            Map<String, String> ticket = bridge.ticket();
            String told = explain(bridge, "INC0010001").out();
            Matcher reference = Pattern.compile("\\(ticketbridge tb-[0-9a-f-]{13}\\)")
                    .matcher(bridge.notes(ticket).get(0));
            assertThat(reference.find()).isTrue();

            assertThat(new String[] {
                        ticket.get("sys_id").toUpperCase(Locale.ROOT),
                        ticket.get("correlation_id").toUpperCase(Locale.ROOT),
                        "https://x.service-now.com/nav_to.do?uri=incident.do%3Fsys_id%3D" + ticket.get("sys_id"),
                        "https://x.service-now.com/incident.do?sys_id=" + ticket.get("sys_id") + "&sysparm_view=",
                        reference.group(),
                        reference.group().replaceAll(".*(tb-[0-9a-f-]{13}).*", "$1"),
                        "S3-PUBLIC"
                    })
                    .allSatisfy(id -> {
                        CommandRun found = explain(bridge, id);
                        assertThat(found.exit()).as(id + found.err()).isZero();
                        assertThat(found.out()).as(id).isEqualTo(told);
                    });
            for (String id : new String[] {ARN.toLowerCase(Locale.ROOT), "finance-reports"}) {
                CommandRun found = explain(bridge, id);
                assertThat(found.exit()).as(found.err()).isZero();
                assertThat(found.out()).contains("resource  " + ARN);
                assertThat(found.err()).contains("Nothing is called " + id + "; told is " + ARN);
            }
            assertThat(explain(bridge, "111122223333").out()).contains("INC0010001");
        }
    }

    @Test
    void what_may_mean_several_is_offered_and_none_is_told() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails(
                            "s3-public",
                            "arn:aws:s3:::Logs",
                            "arn:aws:s3:::logs",
                            "arn:aws:s3:eu::Bucket",
                            "arn:aws:s3:us::Bucket")
                    .write(folder));

            for (String id : new String[] {"ARN:aws:s3:::LOGS", "logs", "bucket", "ucke"}) {
                CommandRun several = explain(bridge, id);
                assertThat(several.exit()).as(id).isEqualTo(1);
                assertThat(several.out()).as(id).isEmpty();
                assertThat(several.err()).contains("Similar: arn:aws:s3:");
            }
        }
    }

    @Test
    void a_name_that_is_empty_is_refused() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("s3-public", ARN).write(folder));

            for (String id : new String[] {"", "  "}) {
                CommandRun refused = explain(bridge, id);
                assertThat(refused.exit()).isEqualTo(2);
                assertThat(refused.out()).isEmpty();
                assertThat(refused.err()).contains("name a ticket, case, control or resource");
            }
        }
    }

    @Test
    void a_name_is_looked_for_as_what_each_flow_has_it_for() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.assets.source", "files")
                .with("flow.assets.group-by", "resource")
                .with("flow.assets.profile", "tickets")) {
            Path scan = Scan.of().fails("s3-public", ARN).write(folder);
            bridge.importFile(scan);
            bridge.importTo("assets", scan);

            for (String id : new String[] {"111122223333", "s3-public", ARN}) {
                assertThat(explain(bridge, id).out()).as(id).contains("INC0010001", "INC0010002");
            }
        }
    }

    @Test
    void a_record_that_died_is_found_in_another_case_and_is_something_known() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails("a", "1")
                    .raw(
                            "{\"class_uid\":2004,\"resources\":[{\"uid\":\"lost-1\"}],\"metadata\":{\"event_code\":\"ctl\"}}")
                    .write(folder));

            CommandRun dead = explain(bridge, "LOST-1");
            assertThat(dead.exit()).isZero();
            assertThat(dead.err()).contains("Dead letter 1 of flow compliance names it");
        }
    }
}
