package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AsffNormaliserTest {
    private final ObjectNode asff = Tree.of(Records.asff("arn:aws:s3:::b"));
    private final ObjectNode compliance = (ObjectNode) asff.path("Compliance");

    private Finding finding() {
        return Tree.finding(asff);
    }

    @Test
    void only_passed_and_failed_are_results() {
        Map.of(
                        "PASSED", Result.PASS,
                        "FAILED", Result.FAIL,
                        "WARNING", Result.INCONCLUSIVE,
                        "NOT_AVAILABLE", Result.INCONCLUSIVE,
                        "INFOED", Result.INCONCLUSIVE)
                .forEach((status, result) -> {
                    compliance.put("Status", status);
                    assertThat(finding().result()).as(status).isEqualTo(result);
                });
    }

    @Test
    void passed_because_nothing_was_evaluated_is_no_evidence() {
        compliance.put("Status", "PASSED");
        compliance.putArray("StatusReasons").addObject().put("ReasonCode", "CONFIG_EVALUATIONS_EMPTY");
        assertThat(finding().result()).isEqualTo(Result.INCONCLUSIVE);
        compliance.put("Status", "FAILED");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
    }

    @Test
    void suppressed_failure_is_suppressed_and_resolved_by_hand_is_still_a_failure() {
        asff.putObject("Workflow").put("Status", "SUPPRESSED");
        assertThat(finding().result()).isEqualTo(Result.SUPPRESSED);
        asff.putObject("Workflow").put("Status", "RESOLVED");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
        compliance.put("Status", "PASSED");
        assertThat(finding().result()).isEqualTo(Result.PASS);
    }

    @Test
    void what_is_archived_or_no_compliance_finding_is_left_out() {
        asff.put("RecordState", "ARCHIVED");
        assertThatThrownBy(() -> new AsffNormaliser().normalise(asff)).isInstanceOf(LeftOut.class);
        asff.put("RecordState", "ACTIVE").remove("Compliance");
        assertThatThrownBy(() -> new AsffNormaliser().normalise(asff)).isInstanceOf(LeftOut.class);
        asff.put("Compliance", "FAILED");
        assertThatThrownBy(() -> new AsffNormaliser().normalise(asff))
                .isNotInstanceOf(LeftOut.class)
                .hasMessageContaining("Compliance is no object");
    }

    @Test
    void identity_needs_generator_account_and_product() {
        for (String key : new String[] {"GeneratorId", "AwsAccountId", "ProductArn"}) {
            ObjectNode without = asff.deepCopy();
            without.remove(key);
            assertThatThrownBy(() -> new AsffNormaliser().normalise(without))
                    .isInstanceOf(Unfit.class)
                    .hasMessageStartingWith(key);
        }
    }

    @Test
    void identity_and_content_outlive_the_finding_id_and_the_next_evaluation() {
        Finding first = finding();
        asff.put("Id", "y").put("UpdatedAt", "2026-01-01T00:00:00Z");
        asff.putObject("Workflow").put("Status", "NOTIFIED");
        compliance.putArray("StatusReasons").addObject().put("Description", "seen 3 times");
        assertThat(finding().id()).isEqualTo(first.id());
        assertThat(finding().content()).isEqualTo(first.content());
        assertThat(finding().message()).isEqualTo("seen 3 times");
    }

    @Test
    void region_is_the_resources_else_the_findings_else_the_products() {
        asff.put("Region", "us-east-2");
        assertThat(finding().region()).isEqualTo("eu-west-1");
        ((ObjectNode) asff.at("/Resources/0")).remove("Region");
        assertThat(finding().region()).isEqualTo("us-east-2");
        asff.remove("Region");
        assertThat(finding().region()).isEqualTo("eu-west-1");
    }

    @Test
    void prowlers_description_is_what_was_seen_and_is_no_news_when_it_changes() {
        asff.put("GeneratorId", "prowler-s3_public").put("Description", "seen 91 days ago");
        Finding first = finding();
        assertThat(first.message()).isEqualTo("seen 91 days ago");
        assertThat(first.description()).isEmpty();
        asff.put("Description", "seen 92 days ago");
        assertThat(finding().content()).isEqualTo(first.content());
    }

    @Test
    void severity_without_a_label_comes_from_its_number() {
        int[] numbers = {0, 1, 39, 40, 70, 90};
        Severity[] expected = {
            Severity.INFORMATIONAL, Severity.LOW, Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL
        };
        for (int i = 0; i < numbers.length; i++) {
            asff.putObject("Severity").put("Normalized", numbers[i]);
            assertThat(finding().severity()).as("%d", numbers[i]).isEqualTo(expected[i]);
        }
        asff.remove("Severity");
        assertThat(finding().severity()).isEqualTo(Severity.UNKNOWN);
    }

    @Test
    void a_label_holds_before_the_number_and_the_providers_where_there_is_none() {
        asff.putObject("Severity").put("Label", "LOW").put("Normalized", 90);
        asff.putObject("FindingProviderFields").putObject("Severity").put("Label", "CRITICAL");
        assertThat(finding().severity()).isEqualTo(Severity.LOW);
        asff.putObject("Severity").put("Normalized", 1);
        assertThat(finding().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void who_suppressed_it_and_why_is_kept_while_it_is_suppressed() {
        asff.putObject("Note").put("UpdatedBy", "ann").put("Text", "a test system");
        assertThat(finding().attributes()).doesNotContainKeys("suppressedBy", "suppressedReason");
        asff.remove("Workflow");
        asff.put("WorkflowState", "SUPPRESSED");
        assertThat(finding().attributes())
                .containsEntry("suppressedBy", "ann")
                .containsEntry("suppressedReason", "a test system");
    }

    @Test
    void resource_tags_are_kept_for_routing() {
        ((ObjectNode) asff.at("/Resources/0"))
                .putObject("Tags")
                .put("team", "x")
                .put("env", "prod");
        assertThat(finding().attributes()).containsEntry("tags", "env:prod, team:x");
    }
}
