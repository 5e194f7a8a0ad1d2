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

class ProwlerNormaliserTest {
    private final ObjectNode event = Tree.of(Records.prowler("arn:aws:s3:::b"));

    private Finding finding() {
        return Tree.finding(event);
    }

    @Test
    void one_finding_uid_with_pass_and_fail_is_told_apart_by_its_resource() {
        Finding first = finding();
        event.put("status_code", "PASS")
                .withArray("resources")
                .removeAll()
                .addObject()
                .put("uid", "arn:aws:s3:::c");
        assertThat(finding().id()).isNotEqualTo(first.id());
        assertThat(finding().result()).isEqualTo(Result.PASS);
    }

    @Test
    void identity_and_content_outlive_a_new_scan_and_an_upgrade() {
        Finding first = finding();
        ObjectNode product = (ObjectNode) event.path("metadata").path("product");
        product.put("version", "5.26.0").put("uid", "prowler");
        event.putObject("unmapped")
                .put("scan_id", "another")
                .put("provider_uid", "111122223333")
                .put("provider", "aws");
        ((ObjectNode) event.path("metadata")).put("tenant_uid", "t").put("version", "1.5.0");
        ((ObjectNode) event.path("finding_info"))
                .put("uid", "prowler-aws-x-y-z")
                .put("created_time", 1799999999);
        event.put("time", 1799999999).put("message", "key is 92 days old").put("time_dt", "2027-01-15T09:59:59");
        assertThat(finding().id()).isEqualTo(first.id());
        assertThat(finding().content()).isEqualTo(first.content());
    }

    @Test
    void identity_tells_account_region_check_and_provider_apart() {
        Finding first = finding();
        ((ObjectNode) event.at("/cloud/account")).put("uid", "2");
        Finding otherAccount = finding();
        ((ObjectNode) event.at("/resources/0")).put("region", "us-east-1");
        Finding otherRegion = finding();
        ((ObjectNode) event.path("metadata")).put("event_code", "other");
        Finding otherCheck = finding();
        ((ObjectNode) event.path("cloud")).put("provider", "gcp");
        assertThat(new Finding[] {first, otherAccount, otherRegion, otherCheck, finding()})
                .extracting(Finding::id)
                .doesNotHaveDuplicates();
    }

    private Finding in(String region, String check, String uid) {
        ((ObjectNode) event.path("metadata")).put("event_code", check);
        ((ObjectNode) event.at("/resources/0")).put("region", region).put("uid", uid);
        ((ObjectNode) event.path("cloud")).put("region", region);
        return finding();
    }

    /** Prowler writes the first region that it was told to look at, or the one it runs in. */
    @Test
    void what_an_account_has_once_is_the_same_from_whichever_region_it_was_looked_at() {
        String user = "arn:aws:iam::111122223333:user/ann";
        Finding first = in("eu-west-1", "iam_user_mfa_enabled_console_access", user);
        Finding second = in("us-east-1", "iam_user_mfa_enabled_console_access", user);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.content()).isEqualTo(first.content());
        assertThat(second.region()).isEmpty();
        assertThat(second.attributes()).containsEntry(Finding.SCAN_REGION, "us-east-1");

        String policy = "arn:aws:iam:REGION:111122223333:password-policy";
        first = in("eu-west-1", "iam_password_policy_lowercase", policy.replace("REGION", "eu-west-1"));
        second = in("us-east-1", "iam_password_policy_lowercase", policy.replace("REGION", "us-east-1"));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.resource().uid()).isEqualTo("arn:aws:iam::111122223333:password-policy");
    }

    @Test
    void what_each_region_has_is_told_apart_by_it_also_under_the_account_s_own_id() {
        String account = "arn:aws:iam::111122223333:root";
        assertThat(in("eu-west-1", "ec2_ebs_default_encryption", account).id())
                .isNotEqualTo(
                        in("us-east-1", "ec2_ebs_default_encryption", account).id());
    }

    private Finding of(String provider, String account, String owner) {
        ((ObjectNode) event.path("cloud"))
                .put("provider", provider)
                .putObject("account")
                .put("uid", account);
        ((ObjectNode) event.at("/resources/0")).put("region", owner);
        return finding();
    }

    @Test
    void a_tenant_and_an_owner_are_the_same_before_and_after_prowler_5_19() {
        Finding before = of("m365", "tenant-1", "global");
        ((ObjectNode) event.path("cloud")).putObject("org").put("uid", "tenant-1");
        Finding after = of("m365", "example.onmicrosoft.com", "global");
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.attributes()).containsEntry(Finding.SCAN_ACCOUNT, "example.onmicrosoft.com");
        assertThat(before.attributes()).doesNotContainKey(Finding.SCAN_ACCOUNT);

        assertThat(of("github", "example", "example").id())
                .isEqualTo(of("github", "4711", "example").id());
    }

    @Test
    void manual_is_neither_pass_nor_fail() {
        event.put("status_code", "MANUAL");
        assertThat(finding().result()).isEqualTo(Result.INCONCLUSIVE);
    }

    @Test
    void muted_failure_is_suppressed_and_not_a_pass() {
        event.put("status_id", 3).put("status", "Suppressed");
        assertThat(finding().result()).isEqualTo(Result.SUPPRESSED);
        event.remove("status_id");
        assertThat(finding().result()).isEqualTo(Result.SUPPRESSED);
        event.put("status_id", 3).put("status_code", "PASS");
        assertThat(finding().result()).isEqualTo(Result.PASS);
    }

    @Test
    void where_caption_and_id_disagree_the_id_holds() {
        event.put("status", "New").put("status_id", 3).put("severity", "Low").put("severity_id", 4);
        assertThat(finding().result()).isEqualTo(Result.SUPPRESSED);
        assertThat(finding().severity()).isEqualTo(Severity.HIGH);
        event.put("status", "Suppressed").put("status_id", 1).put("severity_id", "5");
        assertThat(finding().result()).isEqualTo(Result.FAIL);
        assertThat(finding().severity()).isEqualTo(Severity.CRITICAL);
        event.remove("severity_id");
        assertThat(finding().severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void seconds_are_told_from_milliseconds_and_local_time_is_not_trusted() {
        event.put("time", 1739539623).put("time_dt", "2025-02-14T14:27:03.913874");
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2025-02-14T13:27:03Z"));
        event.put("time", "1739539623000");
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2025-02-14T13:27:03Z"));
        event.remove("time");
        event.put("event_time", 1739539624);
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2025-02-14T13:27:04Z"));
    }

    @Test
    void kubernetes_has_no_cloud_so_cluster_and_namespace_stand_in() {
        event.remove("cloud");
        ((ObjectNode) event.at("/resources/0")).put("namespace", "kube-system").remove("region");
        ((ObjectNode) event.path("finding_info"))
                .put("uid", "prowler-kubernetes-s3_public-my-cluster-namespace: kube-system-pod");
        assertThat(finding().scope()).isEqualTo("prowler:kubernetes");
        assertThat(finding().account()).isEqualTo("my-cluster");
        assertThat(finding().region()).isEqualTo("kube-system");

        event.putObject("unmapped").put("provider_uid", "context-a").put("provider", "kubernetes");
        ((ObjectNode) event.path("finding_info")).put("uid", "unknown");
        assertThat(finding().account()).isEqualTo("context-a");
        assertThat(finding().scope()).isEqualTo("prowler:kubernetes");
    }

    @Test
    void control_is_the_check_and_requirements_follow_in_one_order_whatever_prowlers() {
        event.set("unmapped", Tree.of("{'compliance':{'CIS-2.0':['1.2','1.1'],'CIS-1.4':'1.20','X':null}}"));
        Finding first = finding();
        assertThat(first.controls())
                .containsExactly(
                        new Control("", "s3_public", "Buckets are private"),
                        new Control("CIS-1.4", "1.20", ""),
                        new Control("CIS-2.0", "1.1", ""),
                        new Control("CIS-2.0", "1.2", ""));
        event.set("unmapped", Tree.of("{'compliance':{'CIS-1.4':['1.20','1.20'],'CIS-2.0':['1.1','1.2']}}"));
        assertThat(finding().content()).isEqualTo(first.content());
    }

    @Test
    void a_thousand_requirements_on_one_resource_are_one_finding() {
        ObjectNode compliance = event.putObject("unmapped").putObject("compliance");
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 25; j++) {
                compliance.withArray("framework-" + i).add("requirement " + j);
            }
        }
        assertThat(finding().controls()).hasSize(1001);
    }

    @Test
    void order_of_tags_and_categories_is_no_change() {
        event.set("unmapped", Tree.of("{'categories':['b','a']}"));
        ((ObjectNode) event.at("/resources/0")).putArray("labels").add("team:x").add("env:prod");
        Finding first = finding();
        assertThat(first.attributes()).containsEntry("categories", "a, b").containsEntry("tags", "env:prod, team:x");
        event.set("unmapped", Tree.of("{'categories':['a','b']}"));
        ((ObjectNode) event.at("/resources/0"))
                .putArray("labels")
                .add("env:prod")
                .add("team:x");
        assertThat(finding().content()).isEqualTo(first.content());
    }

    @Test
    void nulls_and_missing_optional_objects_are_tolerated() {
        ObjectNode bare = Tree.of("{'class_uid':'2004','metadata':{'event_code':'c','product':{'name':'Prowler'}},"
                + "'status_code':'fail','unmapped':null,'finding_info':null,'remediation':null,'time':null,"
                + "'resources':{'uid':'r','labels':null,'group':null}}");
        Finding finding = Tree.finding(bare);
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.title()).isEqualTo("c");
        assertThat(finding.observedAt()).isEqualTo(Instant.EPOCH);
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
    }

    @Test
    void without_check_or_result_it_is_unreadable() {
        ((ObjectNode) event.path("metadata")).remove("event_code");
        assertThatThrownBy(this::normalise).isInstanceOf(Unfit.class).hasMessageContaining("event_code");
        ((ObjectNode) event.path("metadata")).put("event_code", "c");
        event.remove("status_code");
        assertThatThrownBy(this::normalise).isInstanceOf(Unfit.class).hasMessageContaining("status_code");
    }

    private void normalise() throws Unfit {
        new ProwlerNormaliser().normalise(event);
    }
}
