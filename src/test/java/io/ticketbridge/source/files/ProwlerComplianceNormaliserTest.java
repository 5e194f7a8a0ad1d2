package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import org.junit.jupiter.api.Test;

class ProwlerComplianceNormaliserTest {
    private final ObjectNode event = Tree.of(
            "{'class_uid':2003,'metadata':{'event_code':'s3_public',"
                    + "'product':{'uid':'prowler','name':'Prowler','version':'5.26.0'}},'status_id':1,'status_code':'FAIL',"
                    + "'compliance':{'standards':['CIS-1.4'],'requirements':['2.1.5'],'control':'Block public access','status_id':3,"
                    + "'checks':[{'uid':'s3_public','name':'Buckets are private','desc':'About buckets','status':'PASS','status_id':1}]},"
                    + "'finding_info':{'uid':'prowler-aws-s3_public-1-b-2.1.5','title':'2.1.5','desc':'Block public access'},"
                    + "'severity_id':4,'time':1739539623,'resources':[{'uid':'arn:aws:s3:::b','region':'eu-west-1'}],"
                    + "'unmapped':{'cloud':{'provider':'aws','region':'eu-west-1','account':{'uid':'111122223333','name':'prod'}}}}");

    @Test
    void a_requirement_fails_though_its_check_passes() {
        assertThat(Tree.finding(event).result()).isEqualTo(Result.FAIL);
        ((ObjectNode) event.path("compliance")).put("status_id", 1);
        assertThat(Tree.finding(event).result()).isEqualTo(Result.PASS);
        ((ObjectNode) event.path("compliance")).put("status_id", 0);
        assertThat(Tree.finding(event).result()).isEqualTo(Result.INCONCLUSIVE);
    }

    @Test
    void two_requirements_of_one_check_and_resource_are_one_finding_that_serves_two_controls() {
        Finding first = Tree.finding(event);
        ((ObjectNode) event.path("compliance")).putArray("requirements").add("2.1.6");
        ((ObjectNode) event.path("finding_info")).put("title", "2.1.6");
        Finding second = Tree.finding(event);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.title()).isEqualTo(first.title()).isEqualTo("Buckets are private");
        Control own = new Control("", "s3_public", "Buckets are private");
        assertThat(first.controls()).containsExactly(own, new Control("CIS-1.4", "2.1.5", "Block public access"));
        assertThat(second.controls()).containsExactly(own, new Control("CIS-1.4", "2.1.6", "Block public access"));
    }

    @Test
    void both_outputs_of_prowler_give_one_identity() {
        assertThat(Tree.finding(event).id())
                .isEqualTo(
                        Tree.finding(Tree.of(Records.prowler("arn:aws:s3:::b"))).id());
        assertThat(Tree.finding(event).attributes()).containsEntry("accountName", "prod");
    }

    @Test
    void muted_failure_is_suppressed() {
        event.put("status_id", 3);
        assertThat(Tree.finding(event).result()).isEqualTo(Result.SUPPRESSED);
    }

    @Test
    void a_manual_requirement_without_resource_is_inconclusive_and_each_has_its_own_identity() {
        event.remove("resources");
        ((ObjectNode) event.path("metadata")).put("event_code", "manual");
        ((ObjectNode) event.path("compliance")).put("status_id", 0).remove("checks");
        Finding first = Tree.finding(event);
        assertThat(first.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(first.title()).isEqualTo("2.1.5");
        ((ObjectNode) event.path("compliance")).putArray("requirements").add("1.1");
        assertThat(Tree.finding(event).id()).isNotEqualTo(first.id());
    }
}
