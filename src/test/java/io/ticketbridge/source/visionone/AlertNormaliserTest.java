package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.sandbox.http.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertNormaliserTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_vendors_example_becomes_a_finding() {
        JsonNode item = Samples.read("vision-one/workbench-alerts-page.json").at("/items/0");

        Finding finding = finding(item);

        assertThat(finding.scope()).isEqualTo("vision-one:eu");
        assertThat(finding.check()).isEqualTo("alert");
        assertThat(finding.resource().uid()).isEqualTo("WB-9002-20220906-00022");
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.title()).isEqualTo("Privilege Escalation via UAC Bypass on nimda");
        assertThat(finding.url()).isEqualTo("https://THE_WORKBENCH_URL");
        assertThat(finding.observedAt()).isEqualTo(Instant.parse("2022-09-06T02:49:48Z"));
        assertThat(finding.description())
                .isEqualTo(
                        """
                        A user bypassed User Account Control (UAC) to gain higher-level permissions.

                        Affected:
                        - account shockwave\\sam
                        - host nimda (10.10.58.51)

                        Detected by:
                        - (T1088) Bypass UAC via shell open registry (Bypass UAC Via Shell Open Default Registry)

                        Techniques:
                        - T1112
                        - V9.T1112
                        - V9.T1548.002

                        Indicators:
                        - command_line c:\\windows\\system32\\rundll32.exe c:\\users\\sam\\appdata\\local\\cyzfc.dat entrypoint
                        - registry_key hkcr\\ms-settings\\shell\\open\\command""");
        assertThat(finding.attributes())
                .containsEntry("alert", "WB-9002-20220906-00022")
                .containsEntry("status", "Open")
                .containsEntry("findings", "No Findings")
                .containsEntry("severity", "high")
                .containsEntry("score", "64")
                .containsEntry("provider", "SAE")
                .containsEntry("case", "CL-1-20230706-00001")
                .containsEntry("incident", "IC-1-20230706-00001");
    }

    @Test
    void what_an_alert_says_of_itself_is_kept_under_the_names_of_a_case() {
        Finding finding = finding(
                read(
                        """
                {"id":"WB-1","status":"In Progress","investigationStatus":"In Progress","investigationResult":"Noteworthy",
                 "severity":"high","score":64,"alertProvider":"SAE","caseId":"CL-1","incidentId":"IC-1",
                 "workbenchLink":"https://portal.example/WB-1","updatedDateTime":"2026-11-01T10:00:00Z"}"""));

        assertThat(finding.scope()).isEqualTo("vision-one:eu");
        assertThat(finding.check()).isEqualTo("alert");
        assertThat(finding.resource()).isEqualTo(new Resource("WB-1", "", "SAE"));
        assertThat(finding.url()).isEqualTo("https://portal.example/WB-1");
        assertThat(finding.observedAt()).isEqualTo(Instant.parse("2026-11-01T10:00:00Z"));
        assertThat(finding.attributes())
                .isEqualTo(Map.of(
                        "alert", "WB-1",
                        "status", "In Progress",
                        "findings", "Noteworthy",
                        "severity", "high",
                        "score", "64",
                        "provider", "SAE",
                        "case", "CL-1",
                        "incident", "IC-1"));
    }

    @Test
    void an_alert_of_the_older_schema_is_read_without_what_it_lacks() {
        Finding finding = finding(
                Samples.read("vision-one/workbench-alerts-page-nextlink.json").at("/items/0"));

        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.attributes()).containsEntry("status", "New").doesNotContainKeys("findings", "case");
    }

    @ParameterizedTest
    @CsvSource({
        "Open, New, FAIL",
        "In Progress, In Progress, FAIL",
        "Closed, True Positive, PASS",
        "closed, Closed, PASS",
        "Reticulated, Closed, FAIL",
        ", New, FAIL",
        ", Benign True Positive, PASS",
        ", Closed, PASS",
        ", Reticulated, FAIL",
        ", , FAIL",
    })
    void only_a_status_that_says_closed_closes(String status, String deprecated, Result result) {
        ObjectNode item = alert();
        item.put("status", status).put("investigationStatus", deprecated);

        assertThat(finding(item).result()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"critical, CRITICAL", "high, HIGH", "Medium, MEDIUM", "low, LOW", "reticulated, UNKNOWN", ", UNKNOWN"})
    void severities_are_mapped_and_an_unknown_one_costs_nothing(String severity, Severity expected) {
        assertThat(finding(alert().put("severity", severity)).severity()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"WB-1\"}",
                "{\"id\":\"WB-1\",\"impactScope\":\"none\",\"matchedRules\":7,\"indicators\":null,\"model\":null}",
                "{\"id\":\"WB-1\",\"impactScope\":{\"entities\":[null,1,\"x\",{},{\"entityValue\":[]},{\"entityValue\":{}}]}}",
                "{\"id\":\"WB-1\",\"indicators\":[[],{\"value\":{\"x\":1}}],\"matchedRules\":[{\"matchedFilters\":{}}]}",
                "{\"id\":\"WB-1\",\"score\":\"64\",\"updatedDateTime\":\"yesterday\",\"status\":{}}"
            })
    void what_is_missing_or_of_another_kind_costs_no_more_than_itself(String json) {
        Finding finding = finding(read(json));

        assertThat(finding.title()).isEqualTo("Workbench alert WB-1");
        assertThat(finding.description()).isEmpty();
        assertThat(finding.attributes()).containsEntry("alert", "WB-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"WB-1\"", "{}", "{\"id\":null}", "{\"id\":\" \"}", "[]"})
    void what_has_no_id_is_unreadable_and_keeps_its_text(String json) {
        SourceRecord record = AlertNormaliser.finding("eu", read(json), List.of());

        assertThat(record).isInstanceOf(Unreadable.class);
        assertThat(((Unreadable) record).raw()).isEqualTo(json);
    }

    @Test
    void the_identity_is_instance_and_id_alone() {
        ObjectNode item = alert();
        Finding before = finding(item);
        item.put("model", "Renamed")
                .put("severity", "low")
                .put("status", "Closed")
                .put("alertProvider", "TI");

        assertThat(finding(item).id()).isEqualTo(before.id());
        assertThat(finding(item.put("id", "WB-2")).id()).isNotEqualTo(before.id());
        assertThat(((Finding) AlertNormaliser.finding("us", alert(), List.of())).id())
                .isNotEqualTo(before.id());
    }

    @Test
    void the_order_of_lists_makes_no_news() {
        ObjectNode item = (ObjectNode)
                read(
                        """
                {"id":"WB-1","model":"Mimikatz","impactScope":{"entities":[
                  {"entityType":"host","entityValue":{"guid":"1","name":"web","ips":["10.0.0.9","10.0.0.10",null]}},
                  {"entityType":"account","entityValue":"sam"},
                  {"entityType":"host","entityValue":{"guid":"2","name":"db","ips":[]}}]},
                 "matchedRules":[
                  {"name":"one","matchedFilters":[{"name":"b","mitreTechniqueIds":["T2","T1"]},{"name":"a"}]},
                  {"name":"two","matchedFilters":[{"name":"c","mitreTechniqueIds":["T3"]}]}],
                 "matchedIndicatorPatterns":[{"pattern":"y"},{"pattern":"x"}],
                 "indicators":[{"type":"ip","value":"192.0.2.2"},{"type":"ip","value":"192.0.2.1"}]}""");
        Finding before = finding(item);
        for (String list : List.of(
                "/impactScope/entities/0/entityValue/ips",
                "/impactScope/entities",
                "/matchedRules/0/matchedFilters/0/mitreTechniqueIds",
                "/matchedRules/0/matchedFilters",
                "/matchedRules",
                "/matchedIndicatorPatterns",
                "/indicators")) {
            reverse((ArrayNode) item.at(list));

            assertThat(finding(item)).as(list).isEqualTo(before);
        }
        assertThat(before.title()).isEqualTo("Mimikatz on db");
        assertThat(before.description())
                .isEqualTo(
                        """
                        Affected:
                        - account sam
                        - host db
                        - host web (10.0.0.10, 10.0.0.9)

                        Detected by:
                        - one (a, b)
                        - two (c)

                        Matched intelligence:
                        - x
                        - y

                        Techniques:
                        - T1
                        - T2
                        - T3

                        Indicators:
                        - ip 192.0.2.1
                        - ip 192.0.2.2""");
    }

    @Test
    void a_host_without_a_name_goes_by_its_guid_and_before_what_else_is_affected() {
        Finding finding = finding(
                read(
                        """
                {"id":"WB-1","model":"Mimikatz","impactScope":{"entities":[
                  {"entityType":"account","entityValue":"ann"},
                  {"entityType":"host","entityValue":{"guid":"zeta","name":""}}]}}"""));

        assertThat(finding.title()).isEqualTo("Mimikatz on zeta");
        assertThat(finding.description()).contains("- host zeta");
        assertThat(finding(
                                read(
                                        """
                                {"id":"WB-1","model":"Mimikatz","impactScope":{"entities":[
                                  {"entityType":"account","entityValue":"ann"}]}}"""))
                        .title())
                .isEqualTo("Mimikatz on ann");
    }

    @Test
    void fifty_of_a_list_are_named_and_nothing_is_said_of_more() {
        ObjectNode item = alert();
        ArrayNode indicators = item.putArray("indicators");
        IntStream.range(0, 50)
                .forEach(number ->
                        indicators.addObject().put("type", "ip").put("value", String.format("192.0.2.%03d", number)));

        assertThat(finding(item).description()).contains("192.0.2.049").doesNotContain("more");
    }

    @Test
    void long_lists_and_values_are_cut_and_say_so() {
        ObjectNode item = alert();
        ArrayNode indicators = item.putArray("indicators");
        IntStream.range(0, 70)
                .forEach(number ->
                        indicators.addObject().put("type", "ip").put("value", String.format("192.0.2.%03d", number)));
        indicators.addObject().put("type", "command_line").put("value", "\uD83D\uDE80".repeat(5_000));

        assertThat(finding(item).description())
                .contains("- and 21 more", "- command_line \uD83D\uDE80")
                .doesNotContain("192.0.2.050")
                .hasSizeLessThan(2_000);
        assertThat(finding(item).description().codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    @Test
    void an_alert_of_threat_intelligence_names_campaign_report_and_pattern() {
        JsonNode item = read(
                """
                {"id":"WB-1","alertProvider":"TI","model":"Threat Intelligence Sweeping","campaign":"Earth Longzhi",
                 "regionAndCountry":null,"reportLink":"https://example.com/r",
                 "matchedIndicatorPatterns":[{"pattern":"[domain-name:value = 'cdn.example.net']"}],
                 "indicators":[{"type":"domain","value":"cdn.example.net","fields":[["dns"]]}]}""");

        assertThat(finding(item).description())
                .contains("Campaign: Earth Longzhi")
                .contains("Report: https://example.com/r")
                .contains("[domain-name:value = 'cdn.example.net']")
                .contains("domain cdn.example.net");
    }

    @Test
    void notes_come_in_order_each_once_under_a_name() {
        List<JsonNode> notes = new ArrayList<>();
        read("""
                [{"id":10,"content":"tenth","creatorName":"Amy","createdDateTime":"2026-11-02T10:00:00Z"},
                 {"id":9,"content":"ninth","creatorName":null,"creatorMailAddress":"ted@example.com",
                  "createdDateTime":"2026-11-02T10:00:00Z"},
                 {"id":10,"content":"tenth","creatorName":"Amy","createdDateTime":"2026-11-02T10:00:00Z"},
                 {"content":"without id"}, null, "text",
                 {"id":1,"content":"first","creatorName":"Amy","createdDateTime":"2026-11-01T10:00:00.5Z"}]""")
                .forEach(notes::add);

        assertThat(((Finding) AlertNormaliser.finding("eu", alert(), notes)).notes())
                .extracting(Note::id, Note::author, Note::text)
                .containsExactly(
                        tuple("1", "Amy", "first"),
                        tuple("9", "ted@example.com", "ninth"),
                        tuple("10", "Amy", "tenth"));
    }

    private static void reverse(ArrayNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        Collections.reverse(elements);
        list.removeAll();
        list.addAll(elements);
    }

    private static Finding finding(JsonNode item) {
        return (Finding) AlertNormaliser.finding("eu", item, List.of());
    }

    private static ObjectNode alert() {
        return (ObjectNode) read("{\"id\":\"WB-1\",\"model\":\"Mimikatz\",\"status\":\"Open\",\"severity\":\"high\"}");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
