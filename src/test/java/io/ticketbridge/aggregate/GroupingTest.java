package io.ticketbridge.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Membership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingTest {
    private static final Findings ONE = Findings.of("s3-public", "one")
            .controls(
                    new Control("", "own-7", "Own"),
                    new Control("CIS-1.4", "2.1", ""),
                    new Control("CIS-1.4", "2.2", ""),
                    new Control("CIS-1.4", "2.1", "said twice"));

    private static List<String> labels(Finding finding, FlowSettings flow) {
        return Grouping.memberships(finding, flow).stream()
                .map(Membership::group)
                .map(GroupIdentity::label)
                .toList();
    }

    private static FlowSettings by(String groupBy, String control) {
        return Flow.with(Map.of("group-by", groupBy, "control", control));
    }

    @ParameterizedTest
    @CsvSource({
        "resource, control, 123456789012 one",
        "check, control, s3-public",
        "account, control, 123456789012",
        "region, control, eu-west-1",
        "scope, control, aws",
        "control, control, own-7",
        "control, check, s3-public",
        "control, CIS-1.4, 2.1;2.2",
        "control, NIST, s3-public",
        "'control,account', CIS-1.4, 2.1 123456789012;2.2 123456789012"
    })
    void a_finding_belongs_to_one_group_or_to_one_per_control(String groupBy, String control, String groups) {
        assertThat(labels(ONE.finding(), by(groupBy, control))).containsExactly(groups.split(";"));
    }

    @Test
    void the_order_of_the_keys_means_nothing() {
        assertThat(Grouping.memberships(ONE.finding(), by("control,account", "check")))
                .isEqualTo(Grouping.memberships(ONE.finding(), by("account,control", "check")));
    }

    @Test
    void a_resource_is_its_account_and_uid() {
        FlowSettings flow = by("resource", "control");
        GroupIdentity group = group(ONE, flow);

        assertThat(group(ONE.account("2"), flow).id()).isNotEqualTo(group.id());
        assertThat(group(ONE.region("us-east-1").check("other").with(Severity.LOW), flow)
                        .id())
                .isEqualTo(group.id());
        assertThat(group(ONE.resource(new Resource("one", "another name", "type")), flow)
                        .id())
                .isEqualTo(group.id());
    }

    @Test
    void groups_of_different_flows_keys_and_borders_differ() {
        var values = List.of(Map.entry("control", "ab"), Map.entry("account", "c"));
        GroupIdentity group = new GroupIdentity("one", values);

        assertThat(new GroupIdentity("two", values).id()).isNotEqualTo(group.id());
        assertThat(new GroupIdentity("one", List.of(Map.entry("control", "a"), Map.entry("account", "bc"))).id())
                .isNotEqualTo(group.id());
        assertThat(new GroupIdentity("one", List.of(Map.entry("check", "ab"), Map.entry("account", "c"))).id())
                .isNotEqualTo(group.id());
        assertThat(new GroupIdentity("one", List.of(values.get(0))).id()).isNotEqualTo(group.id());
    }

    @Test
    void a_control_whose_id_tells_nothing_is_labelled_by_its_title_and_keeps_its_identity() {
        String id = "0123456789abcdef0123456789abcdef";
        FlowSettings flow = by("control", "control");
        Findings titled = ONE.controls(new Control("", id, "Encrypt buckets"));
        Findings untitled = ONE.controls(new Control("", id, ""));

        assertThat(labels(titled.finding(), flow)).containsExactly("Encrypt buckets");
        assertThat(labels(untitled.finding(), flow)).containsExactly(id);
        assertThat(group(titled, flow).id()).isEqualTo(group(untitled, flow).id());
    }

    @Test
    void a_control_that_is_a_mere_number_is_labelled_by_its_title_and_the_same_digits_elsewhere_stay() {
        Findings finding = ONE.controls(new Control("", "1", "Encrypt buckets"));

        assertThat(labels(finding.finding(), by("control,account,region", "control"))
                        .get(0))
                .startsWith("Encrypt buckets ")
                .endsWith(ONE.finding().account() + " " + ONE.finding().region());
    }

    private static GroupIdentity group(Findings finding, FlowSettings flow) {
        return Grouping.memberships(finding.finding(), flow).get(0).group();
    }
}
