package io.ticketbridge.source.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.source.UnexpectedAnswer;
import io.ticketbridge.source.files.BrokenFindings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports, pages and evaluations as IBM's own samples have them. */
class EvaluationsTest {
    private static final String CRN =
            "crn:v1:bluemix:public:cloud-object-storage:global:a/59bcbfa6ea2f006b4ed7094c1a08dcdd:1a0ec336-f391-4091-a6fb-5e084a4c56f4:bucket:mybucket";

    private final SccReport report = new SccReport(
            Samples.read("compliance/scc-reports-latest.json").path("reports").get(0));
    private final ObjectNode page = (ObjectNode) Samples.read("compliance/scc-evaluations-page.json");
    private final SccReports reports = new SccReports(null, null);
    private final JsonNode controls = Samples.read("compliance/scc-report-controls.json");

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ObjectNode evaluation() {
        return (ObjectNode) page.path("evaluations").get(0);
    }

    private SourceRecord read() {
        return report.trees().finding(evaluation());
    }

    private Finding finding() {
        return (Finding) read();
    }

    @Test
    void a_report_moves_the_watermark_of_its_scope_with_the_end_of_its_run_and_only_then() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"))) {
            Watermarks watermarks = new Watermarks(world.database, world.clock);
            Run run = world.runs.begin(Flow.NAME, report.getId());
            String scope = Flow.NAME + "/" + report.getGroupId();

            new SccReports(watermarks, null).finish(Flow.NAME, report, run);

            assertThat(watermarks.of(scope)).isEmpty();
            world.runs.endReading(run);
            assertThat(watermarks.of(scope)).contains(report.position());
        }
    }

    @Test
    void the_sample_is_a_failure_of_a_bucket_with_its_control() {
        report.takeControls(controls);

        Finding finding = finding();

        assertThat(finding.scope()).isEqualTo("scc:55b6-b3A4-432250b84669");
        assertThat(finding.account()).isEqualTo("59bcbfa6ea2f006b4ed7094c1a08dcdd");
        assertThat(finding.region()).isEqualTo("global");
        assertThat(finding.check()).isEqualTo("382c2b06-e6b2-43ee-b189-c1c7743b67ee");
        assertThat(finding.resource()).isEqualTo(new Resource(CRN, "mybucket", "cloud-object-storage"));
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.title())
                .isEqualTo("Check whether Cloud Object Storage is accessible only by using private endpoints");
        assertThat(finding.message())
                .isEqualTo("One or more conditions in rule rule-7b0560a4-df94-4629-bb76-680f3155ddda were not met;"
                        + " Property string_equals anyValue, found anyValue");
        assertThat(finding.controls())
                .containsExactly(new Control("", "531fc3e28bfc43c5a2cea07786d93f5c", "Password Management"));
        assertThat(finding.attributes()).containsEntry("profile", "IBM FS Cloud");
    }

    @Test
    void nanoseconds_are_kept() {
        assertThat(finding().observedAt()).isEqualTo(Instant.parse("2022-06-30T11:03:44.630150782Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday"})
    void a_time_that_is_none_costs_nothing_else(String time) {
        evaluation().put("evaluate_time", time);

        assertThat(finding().observedAt()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "pass, PASS",
        "failure, FAIL",
        "error, INCONCLUSIVE",
        "skipped, INCONCLUSIVE",
        "unable_to_perform, INCONCLUSIVE",
        "'', INCONCLUSIVE"
    })
    void only_pass_and_failure_say_anything(String status, Result result) {
        evaluation().put("status", status);

        assertThat(finding().result()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "crn:v1:bluemix:public:is:us-south:a/1:::vpc:x, us-south",
        "crn:v1:bluemix:public:iam-identity::a/1::serviceid:x, ''",
        "plain-id, ''",
        "crn:v1, ''"
    })
    void the_region_is_the_sixth_part_of_the_crn(String crn, String region) {
        ((ObjectNode) evaluation().path("target")).put("resource_crn", crn);

        assertThat(finding().region()).isEqualTo(region);
    }

    @Test
    void without_a_crn_the_target_s_id_stands_for_it() {
        ((ObjectNode) evaluation().path("target")).put("resource_crn", "").put("id", "user-1");

        assertThat(finding().resource().uid()).isEqualTo("user-1");
    }

    @Test
    void what_has_no_assessment_or_target_is_unreadable() {
        ((ObjectNode) evaluation().path("assessment")).remove("assessment_id");
        assertThat(read()).isInstanceOf(Unreadable.class);

        assertThat(report.trees().finding(json("{'assessment':{'assessment_id':'a'}}")))
                .isInstanceOf(Unreadable.class);
        assertThat(report.trees().finding(json("[1]"))).isInstanceOf(Unreadable.class);
    }

    @Test
    void an_operator_that_needs_no_value_is_told_without_one() {
        ((ObjectNode) evaluation().path("details").path("properties").get(0))
                .put("operator", "is_true")
                .putNull("expected_value")
                .put("found_value", false);

        assertThat(finding().message()).endsWith("; Property is_true, found false");
    }

    @Test
    void controls_are_joined_by_component_and_assessment_and_none_is_no_loss() {
        report.takeControls(
                json(
                        """
                {'controls':[
                  {'id':'one','control_name':'One','control_description':'First','control_specifications':[
                    {'component_id':'c','assessments':[{'assessment_id':'a'},{'assessment_id':'b'}]},
                    {'component_id':'c','assessments':[{'assessment_id':'a'}]}]},
                  {'id':'two','control_name':'Two','control_specifications':[
                    {'component_id':'c','assessments':[{'assessment_id':'a'}]},
                    {'component_id':'d','assessments':[{'assessment_id':'b'}]}]}]}"""));

        assertThat(report.controlsOf("c", "a"))
                .containsExactly(new Control("", "one", "One: First"), new Control("", "two", "Two"));
        assertThat(report.controlsOf("c", "b")).extracting(Control::id).containsExactly("one");
        assertThat(report.controlsOf("d", "a")).isEmpty();
        assertThat(finding().controls()).isEmpty();
    }

    @Test
    void pages_are_followed_by_their_tokens_until_there_is_none() {
        assertThat(report.getPages().nextCall())
                .isEqualTo(new SccCall("/reports/44a5-a292-32114fa73558/evaluations", "limit=100"));

        assertThat(report.getPages().accept(page)).hasSize(1);
        assertThat(report.getPages().hasNext()).isTrue();
        assertThat(report.getPages().nextCall().query()).isEqualTo("limit=100&start=Start");

        page.remove("next");
        report.getPages().accept(page);
        assertThat(report.getPages().hasNext()).isFalse();
    }

    @Test
    void a_token_is_sent_back_encoded() {
        report.getPages().accept(json("{'evaluations':[],'next':{'start':'b2Zmc2V0OjEwMA==&limit=1'}}"));

        assertThat(report.getPages().nextCall().query()).isEqualTo("limit=100&start=b2Zmc2V0OjEwMA%3D%3D%26limit%3D1");
    }

    @Test
    void pages_in_a_circle_and_pages_without_a_list_are_refused() {
        report.getPages().accept(page);

        assertThatThrownBy(() -> report.getPages().accept(page))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("lead back");
        assertThatThrownBy(() -> report.getPages().accept(json("{'errors':[]}")))
                .hasMessageContaining("no list");
        assertThatThrownBy(() -> report.getPages().accept(null)).hasMessageContaining("no list");
    }

    @Test
    void pages_that_hold_less_than_they_announce_are_refused() {
        page.remove("next");
        report.getPages().accept(page);

        assertThatThrownBy(report.getPages()::requireWhole)
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("after 1 of 230");
    }

    @Test
    void a_report_is_evidence_only_if_it_holds_what_its_summary_says_and_is_not_empty() {
        SccReport one = new SccReport(json("{'id':'r','evaluations_summary':{'total_count':1}}"));
        assertThat(one.isEvidence()).isFalse();
        one.getPages().accept(json("{'total_count':1,'evaluations':[{}]}"));
        assertThat(one.isEvidence()).isTrue();

        SccReport two = new SccReport(json("{'id':'r','evaluations_summary':{'total_count':2}}"));
        two.getPages().accept(json("{'total_count':1,'evaluations':[{}]}"));
        assertThat(two.isEvidence()).isFalse();

        SccReport empty = new SccReport(json("{'id':'r','evaluations_summary':{'total_count':0}}"));
        empty.getPages().accept(json("{'total_count':0,'evaluations':[]}"));
        assertThat(empty.isEvidence()).isFalse();
    }

    @Test
    void a_report_is_news_if_it_is_another_and_not_older() {
        SccReport later = report("later", "2022-08-15T12:30:01.5Z");
        SccReport earlier = report("earlier", "2022-08-15T12:30:01Z");

        assertThat(later.isAfter(earlier.position())).isTrue();
        assertThat(later.isAfter(later.position())).isFalse();
        assertThat(earlier.isAfter(later.position())).isFalse();
    }

    private static SccReport report(String id, String created) {
        return new SccReport(json("{'id':'%s','group_id':'g','created_on':'%s'}".formatted(id, created)));
    }

    @Test
    void a_value_of_the_wrong_type_costs_no_more_than_its_evaluation() {
        List<SourceRecord> read = BrokenFindings.ofWrongTypes(evaluation().toString()).stream()
                .map(mutant -> report.trees().finding(json(mutant)))
                .toList();

        assertThat(read).hasSizeGreaterThan(100).doesNotContainNull().hasAtLeastOneElementOfType(Finding.class);
    }

    @Test
    void a_page_that_is_read_as_a_stream_says_what_trees_say() throws IOException {
        List<String> evaluations =
                new ArrayList<>(BrokenFindings.ofWrongTypes(evaluation().toString()));
        evaluations.addAll(List.of(
                "{'assessment':{'assessment_id':'a'},'target':{'id':'t'},'status':'pass','status':'failure'}",
                "{'assessment':{'assessment_id':'a'},'target':{'id':'t'},'target':{'id':'u'},'reason':1.50}",
                "{'assessment':{'assessment_id':'a'},'target':{'id':'t'},'details':{'properties':{'x':{'property':[1]}}}}",
                "{'assessment':{'assessment_id':'a'},'target':{'id':'\\u00e9'},'details':{'properties':[1,{'found_value':{}}]}}",
                "{'assessment':[],'target':7}",
                "'text'",
                "-1.0",
                "null",
                "[[{}]]"));
        for (String evaluation : evaluations) {
            String text = "{'evaluations':[ %s , %s]}"
                    .formatted(evaluation, evaluation)
                    .replace('\'', '"');

            List<SourceRecord> read = take(text.getBytes(StandardCharsets.UTF_8));

            SourceRecord ofTree = report.trees().finding(json(evaluation));
            assertThat(read).containsExactly(ofTree, ofTree);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-32LE"})
    void a_page_is_read_in_any_encoding_of_json(String encoding) throws IOException {
        assertThat(take(page.toString().getBytes(encoding))).containsExactly(read());
    }

    @Test
    void a_mark_of_its_encoding_before_a_page_is_no_part_of_it() throws IOException {
        assertThat(take(("\uFEFF{\"evaluations\":[{\"x\":1}]}").getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Unreadable(
                        "{\"x\":1}", "An evaluation must have an assessment_id and a target with an id or crn"));
    }

    @Test
    void what_a_step_in_between_changes_counts() throws IOException {
        List<JsonNode> evaluations = accepted(page.toString().getBytes(StandardCharsets.UTF_8));
        ((ObjectNode) evaluations.get(0)).put("status", "pass");
        evaluations.add(json("{}"));

        assertThat(taken(evaluations))
                .satisfiesExactly(
                        one -> assertThat(((Finding) one).result()).isEqualTo(Result.PASS),
                        two -> assertThat(two).isInstanceOf(Unreadable.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'errors':[]}", "[]", "{'evaluations':{}}", "{'evaluations':[],'evaluations':null}"})
    void an_answer_without_a_list_is_refused(String answer) {
        assertThatThrownBy(() -> accepted(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("no list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"evaluations\":[{\"status\":\"pa"})
    void what_is_no_json_is_an_error_of_the_parser(String answer) {
        assertThatThrownBy(() -> accepted(answer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    private List<SourceRecord> take(byte[] answer) throws IOException {
        return taken(accepted(answer));
    }

    /** As the routes do it. */
    private List<JsonNode> accepted(byte[] answer) throws IOException {
        return report.getPages()
                .accept(reports.parse(report.getPages().nextCall(), report, new ByteArrayInputStream(answer)));
    }

    private List<SourceRecord> taken(List<JsonNode> evaluations) {
        reports.take(report, evaluations);
        return report.collected();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T03:00:01Z, 2026-11-01T03:00:01Z",
        "2026-11-01T03:00:01.5Z, 2026-11-01T03:00:01.500Z",
        "2026-11-01T03:00:01.000000001Z, 2026-11-01T03:00:01.000000001Z",
        "2026-11-01T03:00Z, 2026-11-01T03:00:00Z",
        "2026-11-01T03:00:01+02:00, 2026-11-01T01:00:01Z",
        "2026-02-30T03:00:01Z, 1970-01-01T00:00:00Z",
        "2026-11-01T24:00:00Z, 1970-01-01T00:00:00Z",
        "2026-11-01T03:00:01.1234567890Z, 1970-01-01T00:00:00Z"
    })
    void a_time_is_read_in_its_usual_form_and_in_others(String text, Instant instant) {
        assertThat(SccTimes.instant(text)).isEqualTo(instant);
    }
}
