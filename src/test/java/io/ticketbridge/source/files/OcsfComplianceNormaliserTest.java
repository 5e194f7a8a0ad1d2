package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfComplianceNormaliserTest {
    private final ObjectNode event = Tree.of(Records.ocsf("b"));
    private final ObjectNode compliance = (ObjectNode) event.path("compliance");

    private Finding finding() {
        return Tree.finding(event);
    }

    @Test
    void ocsf_1_1_has_a_single_resource_and_words_for_a_result() {
        event.set("resource", event.path("resources").get(0));
        event.remove("resources");
        compliance.remove("status_id");
        compliance.put("status", "FAILED");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
        assertThat(finding().resource().uid()).isEqualTo("b");
        compliance.put("status", "Passed");
        assertThat(finding().result()).isEqualTo(Result.PASS);
        compliance.remove("status");
        assertThat(finding().result()).isEqualTo(Result.INCONCLUSIVE);
        event.put("status_code", "FAIL");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
    }

    @Test
    void an_empty_list_of_resources_does_not_hide_the_single_one() {
        event.set("resource", event.path("resources").get(0));
        event.putArray("resources");
        assertThat(finding().resource().uid()).isEqualTo("b");
    }

    @Test
    void where_caption_and_id_disagree_the_id_holds() {
        compliance.put("status", "PASSED").put("status_id", "3");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
        compliance.put("status", "FAILED").put("status_id", 0);
        assertThat(finding().result()).isEqualTo(Result.INCONCLUSIVE);
    }

    @Test
    void warning_and_unknown_are_neither_pass_nor_fail() {
        for (int id : new int[] {0, 2, 99}) {
            compliance.put("status_id", id);
            assertThat(finding().result()).as("status_id %d", id).isEqualTo(Result.INCONCLUSIVE);
        }
    }

    @Test
    void life_cycle_suppresses_a_failure_but_never_makes_it_a_pass() {
        Result[] expected = {Result.FAIL, Result.FAIL, Result.FAIL, Result.SUPPRESSED, Result.FAIL};
        for (int id = 0; id < expected.length; id++) {
            event.put("status_id", id);
            assertThat(finding().result()).as("status_id %d", id).isEqualTo(expected[id]);
        }
    }

    @Test
    void what_is_archived_or_deleted_is_left_out_whether_it_failed_or_passed() {
        for (int id : new int[] {5, 6}) {
            event.put("status_id", id);
            assertLeftOut();
            compliance.put("status_id", 1);
            assertLeftOut();
        }
    }

    @Test
    void what_security_hub_archived_or_suppressed_and_ocsf_has_no_field_for_is_the_same() {
        event.putObject("unmapped").put("WorkflowState", "SUPPRESSED");
        event.put("comment", "a test system");
        assertThat(finding().result()).isEqualTo(Result.SUPPRESSED);
        assertThat(finding().attributes()).containsEntry("suppressedReason", "a test system");
        event.putObject("unmapped").put("WorkflowState", "NEW").put("RecordState", "ACTIVE");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
        assertThat(finding().attributes()).doesNotContainKey("suppressedReason");
        event.putObject("unmapped").put("RecordState", "ARCHIVED");
        assertLeftOut();
    }

    @Test
    void where_a_record_stands_is_told_by_its_words_where_it_has_no_id() {
        event.remove("status_id");
        event.put("status", "Suppressed");
        assertThat(finding().result()).isEqualTo(Result.SUPPRESSED);
        event.put("status", "Archived");
        assertLeftOut();
        event.put("status", "Deleted");
        assertLeftOut();
        event.put("status", "New");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "1, INFORMATIONAL",
        "2, LOW",
        "3, MEDIUM",
        "4, HIGH",
        "5, CRITICAL",
        "6, CRITICAL",
        "0, UNKNOWN",
        "99, UNKNOWN",
        "Informational, INFORMATIONAL",
        "info, INFORMATIONAL",
        "Low, LOW",
        "MEDIUM, MEDIUM",
        "High, HIGH",
        "Critical, CRITICAL",
        "Fatal, CRITICAL",
        "Other, UNKNOWN"
    })
    void a_severity_is_told_by_its_id_or_without_one_by_its_words(String said, Severity severity) {
        event.remove("severity_id");
        event.put(Character.isDigit(said.charAt(0)) ? "severity_id" : "severity", said);

        assertThat(finding().severity()).isEqualTo(severity);
    }

    @Test
    void the_account_is_the_clouds_else_the_owners_and_the_region_the_resources_else_the_clouds() {
        ObjectNode resource = (ObjectNode) event.at("/resources/0");
        resource.putObject("owner").putObject("account").put("uid", "owner");
        resource.put("region", "here").put("namespace", "space");
        event.putObject("unmapped").putObject("cloud").putObject("account").put("uid", "unmapped");
        event.putObject("cloud").put("region", "there").putObject("account").put("uid", "cloud");
        assertThat(place()).isEqualTo("cloud here");
        event.putObject("cloud").put("region", "there");
        resource.remove("region");
        assertThat(place()).isEqualTo("owner there");
        resource.remove("owner");
        event.remove("cloud");
        assertThat(place()).isEqualTo("unmapped space");
    }

    private String place() {
        return finding().account() + " " + finding().region();
    }

    @Test
    void what_was_closed_is_left_out_unless_it_passed() {
        event.put("activity_id", 3).put("activity_name", "Close");
        assertLeftOut();
        event.remove("activity_id");
        assertLeftOut();
        event.put("activity_id", 2);
        assertThat(finding().result()).as("the id holds").isEqualTo(Result.FAIL);
        event.put("activity_id", 3);
        compliance.put("status_id", 1);
        assertThat(finding().result()).isEqualTo(Result.PASS);
    }

    private void assertLeftOut() {
        assertThatThrownBy(() -> RecordFormat.of(event).normalise(event)).isInstanceOf(LeftOut.class);
    }

    @Test
    void a_resources_arn_is_used_where_its_uid_is_a_mere_name() {
        ObjectNode resource = (ObjectNode) event.at("/resources/0");
        resource.put("uid_alt", "arn:aws:s3:::b");
        assertThat(finding().resource().uid()).isEqualTo("arn:aws:s3:::b");
        assertThat(finding().resource().name()).isEqualTo("b");
        resource.put("uid", "arn:aws:s3:::b").put("uid_alt", "AIDA123");
        assertThat(finding().resource().uid()).isEqualTo("arn:aws:s3:::b");
    }

    @Test
    void check_is_the_one_check_else_the_event_code_else_the_control() {
        assertThat(finding().check()).isEqualTo("S3.1");
        ((ObjectNode) event.path("metadata")).put("event_code", "code");
        assertThat(finding().check()).isEqualTo("code");
        compliance.putArray("checks").addObject().put("uid", "check-b");
        assertThat(finding().check()).isEqualTo("check-b");
        compliance.withArray("checks").addObject().put("uid", "check-a");
        assertThat(finding().check()).isEqualTo("code");
        assertThat(finding().controls().get(0)).isEqualTo(new Control("", "S3.1", "Buckets are private"));
    }

    @Test
    void identity_outlives_update_close_and_another_aggregation_region() {
        compliance.put("status_id", 1);
        Finding first = finding();
        event.put("activity_id", 3).put("status_id", 4).put("time", 1748253600000L);
        ((ObjectNode) event.path("finding_info")).put("uid", "another");
        ((ObjectNode) event.at("/metadata/product"))
                .put("uid", "arn:aws:securityhub:us-east-1::productv2/aws/securityhub");
        ((ObjectNode) event.path("metadata")).put("version", "1.8.0").put("uid", "m");
        assertThat(finding().id()).isEqualTo(first.id());
        assertThat(finding().content()).isEqualTo(first.content());
    }

    @Test
    void times_are_milliseconds_or_stamps_with_or_without_an_offset() {
        ObjectNode info = (ObjectNode) event.path("finding_info");
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2025-05-25T10:00:00Z"));
        info.put("last_seen_time_dt", "2023-07-21T14:12:05.693-04:00");
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2023-07-21T18:12:05.693Z"));
        info.put("last_seen_time_dt", "2023-07-21T14:12:05.693123456-0400");
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2023-07-21T18:12:05.693123456Z"));
        info.put("last_seen_time_dt", "2023-07-21 14:12:05");
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2023-07-21T14:12:05Z"));
        info.put("last_seen_time", 1700000000000L);
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
    }

    @Test
    void nonsense_for_a_time_falls_through_to_the_next() {
        ObjectNode info = (ObjectNode) event.path("finding_info");
        for (String nonsense : new String[] {"soon", "-1", "99999999999999999999", "", "2023-13-45T00:00:00Z"}) {
            info.put("last_seen_time", nonsense);
            assertThat(finding().observedAt()).isEqualTo(Instant.parse("2025-05-25T10:00:00Z"));
        }
        info.put("last_seen_time", Double.NaN);
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2025-05-25T10:00:00Z"));
    }

    @Test
    void requirements_find_their_framework() {
        compliance.putArray("standards").add("CIS-1.4").add("NIST.800-53.r5");
        compliance
                .putArray("requirements")
                .add("CIS-1.4 2.1.5 x")
                .add("PCI DSS v3.2.1/7.2.1")
                .add("NIST.800-53.r5 CM-3(6)")
                .add("alone");
        assertThat(finding().controls())
                .containsExactly(
                        new Control("", "S3.1", "Buckets are private"),
                        new Control("CIS-1.4", "2.1.5 x", ""),
                        new Control("NIST.800-53.r5", "CM-3(6)", ""),
                        new Control("PCI DSS v3.2.1", "7.2.1", ""),
                        new Control("requirement", "alone", ""));
    }

    @Test
    void several_resources_are_one_finding_each() throws Unfit {
        event.withArray("resources").addObject().put("uid", "c").put("region", "eu-north-1");
        assertThat(new OcsfComplianceNormaliser().normalise(event).findings())
                .extracting(finding -> finding.resource().uid() + " " + finding.region())
                .containsExactly("b eu-west-1", "c eu-north-1");
    }

    @Test
    void without_result_product_check_or_resource_it_is_unreadable() {
        assertUnfit(Tree.of(Records.ocsf("b").replace("\"compliance\"", "\"other\"")), "compliance object");
        assertUnfit(Tree.of(Records.ocsf("b").replace("\"product\"", "\"other\"")), "metadata.product");
        assertUnfit(Tree.of(Records.ocsf("b").replace("\"control\"", "\"other\"")), "check is unknown");
        assertUnfit(Tree.of(Records.ocsf("b").replace("\"resources\"", "\"other\"")), "names no resource");
    }

    private static void assertUnfit(ObjectNode event, String why) {
        assertThatThrownBy(() -> new OcsfComplianceNormaliser().normalise(event))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining(why);
    }
}
