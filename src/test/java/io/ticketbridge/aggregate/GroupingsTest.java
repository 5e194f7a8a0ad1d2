package io.ticketbridge.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter asks for ids alone, many times for the same; the ledger keeps what the ids are of. */
class GroupingsTest {
    private static final String MAP =
            """
            s3-access:
              title: Buckets must block public access
              same-as: [S3.8, s3_bucket_public, CIS-1.4 2.1]
            """;
    private static final Findings ONE = Findings.of("s3-public", "one")
            .controls(
                    new Control("", "own-7", ""), new Control("CIS-1.4", "2.1", ""), new Control("CIS-1.4", "2.2", ""));

    @TempDir
    private Path folder;

    private Settings settings(String groupBy, String control, boolean joined) throws IOException {
        Map<String, String> keys = new HashMap<>(Map.of("group-by", groupBy, "control", control));
        if (joined) {
            keys.put(
                    "control-map",
                    Files.writeString(folder.resolve("map.yaml"), MAP).toString());
        }
        return Flow.settings(keys);
    }

    private static List<String> values(Settings settings, Finding finding) {
        return Grouping.memberships(finding, settings.flows().get(Flow.NAME)).stream()
                .map(Membership::group)
                .map(group -> group.values().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "resource, control, false",
        "check, control, false",
        "'account,region,scope', control, false",
        "'control,account', control, false",
        "control, CIS-1.4, false",
        "control, CIS-1.4, true",
        "'control,resource', control, true",
        "check, control, true"
    })
    void the_ids_are_those_of_the_memberships(String groupBy, String control, boolean joined) throws IOException {
        Settings settings = settings(groupBy, control, joined);
        Groupings groupings = new Groupings(settings);
        for (Findings each : List.of(
                ONE,
                ONE.account("2"),
                ONE.region("us-east-1"),
                ONE.scope("azure"),
                ONE.check("s3_bucket_public"),
                ONE.resource(new Resource("two", "", "")),
                ONE.controls(new Control("", "S3.8", "")))) {
            List<UUID> ids = Grouping.memberships(
                            each.finding(), settings.flows().get(Flow.NAME))
                    .stream()
                    .map(membership -> membership.group().id())
                    .toList();

            for (int time = 0; time < 2; time++) {
                assertThat(groupings.groups(each.finding(), Flow.NAME)).containsExactlyInAnyOrderElementsOf(ids);
                assertThat(groupings.memberships(each.finding(), Flow.NAME))
                        .extracting(Membership::groupId)
                        .isEqualTo(ids);
            }
        }
    }

    @Test
    void a_map_joins_by_the_check_by_the_sources_control_and_by_one_of_a_framework() throws IOException {
        Settings settings = settings("control", "control", true);
        String joined = "[control=s3-access]";

        assertThat(values(settings, ONE.controls().check("s3_bucket_public").finding()))
                .containsExactly(joined);
        assertThat(values(settings, ONE.controls(new Control("", "S3.8", "")).finding()))
                .containsExactly(joined);
        assertThat(values(settings, ONE.finding())).containsExactly(joined);
        assertThat(values(
                        settings, ONE.controls(new Control("NIST", "S3.8", "")).finding()))
                .containsExactly("[control=s3-public]");
        assertThat(values(settings, ONE.controls(new Control("", "own-7", "")).finding()))
                .containsExactly("[control=own-7]");
    }

    @Test
    void what_is_joined_says_so_with_the_maps_title() throws IOException {
        GroupIdentity group = Grouping.memberships(
                        ONE.finding(),
                        settings("control,account", "control", true).flows().get(Flow.NAME))
                .get(0)
                .group();

        assertThat(group.label()).isEqualTo("s3-access 123456789012");
        assertThat(group.joined()).isEqualTo(new Control("", "s3-access", "Buckets must block public access"));
    }

    @ParameterizedTest
    @CsvSource({
        "resource, control, resource",
        "'account,check', control, 'check,account'",
        "'control,account', CIS-1.4, 'control,account (CIS-1.4)'"
    })
    void how_a_flow_groups_is_told_in_words(String groupBy, String control, String name) {
        assertThat(Grouping.name(Flow.with(Map.of("group-by", groupBy, "control", control))))
                .isEqualTo(name);
    }
}
