package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedQueryTest {

    private static final HandClock CLOCK = new HandClock("2026-03-01T10:15:30Z");
    private static ServiceNowSimulator instance;
    private static Caller caller;

    @BeforeAll
    static void start() {
        instance =
                ServiceNowSimulator.start(ServiceNowSimulator.Options.defaults().withClock(CLOCK));
        caller = new Caller(instance);
        make(Map.of("short_description", "SAP is slow", "category", "software", "impact", "1", "urgency", "1"));
        CLOCK.advance(Duration.ofHours(1));
        make(Map.of("short_description", "Printer", "category", "hardware", "correlation_id", "tb-2"));
        CLOCK.advance(Duration.ofHours(1));
        make(Map.of(
                "short_description", "Router ^ down",
                "category", "network",
                "assignment_group", Seed.SECURITY_OPERATIONS,
                "correlation_id", "tb-3"));
    }

    private static void make(Map<String, String> fields) {
        assertThat(caller.create("incident", fields).status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    private static String found(String query) {
        List<String> numbers = new ArrayList<>();
        caller.list("incident", query, "sysparm_fields", "number")
                .result()
                .forEach(row -> numbers.add(row.path("number").asText().substring(9)));
        return String.join("", numbers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number=INC0010001 | 1",
                "number!=INC0010001 | 23",
                "category=hardware^ORcategory=network^short_description=Printer | 2",
                "short_description=Printer^category=hardware^ORcategory=network | 2",
                "category=software^NQcategory=network | 13",
                "category=software^number=INC0010002^NQcategory=network | 3",
                "category=network^EQ | 3",
                "categoryINsoftware,network | 13",
                "categoryNOT INsoftware,network | 2",
                "short_descriptionLIKEsap | 1",
                "short_description*sap | 1",
                "short_descriptionNOT LIKEsap | 23",
                "short_descriptionNOTLIKEsap | 23",
                "short_descriptionSTARTSWITHpri | 2",
                "short_descriptionENDSWITHSLOW | 1",
                "short_description%slow | 1",
                "numberSTARTSWITHINC001 | 123",
                "assignment_groupISEMPTY | 12",
                "assignment_groupISNOTEMPTY | 3",
                "assignment_group.name=Security Operations | 3",
                "numberANYTHING | 123",
                "priority<3 | 1",
                "priority>=3 | 23",
                "priorityBETWEEN1@2 | 1",
                "impactSAMEASurgency^category=hardware | 2",
                "priorityNSAMEASurgency | 23",
                "sys_class_nameINSTANCEOFtask | 123",
                "active=TRUE | 123",
                "correlation_idINtb-2,tb-3,tb-9 | 23",
                "correlation_id=TB-2 | 2",
                "sys_created_on>=2026-03-01 11:15:30 | 23",
                "sys_created_on<2026-03-01 11:15:30 | 1",
                "short_descriptionLIKE^^ | 3",
                "correlation_id=tb-2^NQcorrelation_id=tb-3 | 23",
                "correlation_id=tb-2^NQcategory=software | 12",
                "ORDERBYDESCnumber | 321",
                "category!=network^ORDERBYDESCpriority^ORDERBYnumber | 21",
            })
    void a_query_finds(String query, String numbers) {
        String found = found(query);
        if (!query.contains("ORDERBY")) {
            found = found.chars()
                    .sorted()
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        assertThat(found).isEqualTo(numbers);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense=1^category=network,3,nonsense=1",
        "category=network^ORnonsense=1,3,nonsense=1",
        "category^number=INC0010001,1,category",
        "numberDYNAMICabc^number=INC0010001,1,numberDYNAMICabc",
        "sys_created_on>=yesterday^number=INC0010001,1,sys_created_on>=yesterday"
    })
    void an_invalid_condition_is_dropped_and_the_rest_runs(String query, String numbers, String dropped) {
        assertThat(found(query)).isEqualTo(numbers);
        assertThat(instance.requests().last().droppedConditions()).containsExactly(dropped);
    }

    @Test
    void a_query_of_invalid_conditions_returns_the_whole_table_unless_the_property_says_none() {
        assertThat(found("nonsense=1")).hasSize(3);
        instance.property("glide.invalid_query.returns_no_rows", "true");
        try {
            assertThat(found("nonsense=1")).isEmpty();
            assertThat(found("category=network")).isEqualTo("3");
        } finally {
            instance.property("glide.invalid_query.returns_no_rows", "false");
        }
    }

    @Test
    void a_range_that_a_query_acl_refuses_finds_nothing_or_is_left_out_and_equality_goes_on() {
        String range = "category!=network^sys_created_on>=2026-03-01 11:15:30^ORDERBYDESCsys_created_on";
        assertThat(found(range)).isEqualTo("2");
        try {
            instance.settings().rangeRefused("task", "sys_created_on", Settings.RangeRefusal.NO_ROWS);
            assertThat(found(range)).isEmpty();
            assertThat(found("category!=network^ORDERBYsys_created_on")).isEmpty();
            assertThat(found("category=network^sys_created_onISNOTEMPTY")).isEqualTo("3");

            instance.settings().rangeRefused("task", "sys_created_on", Settings.RangeRefusal.IGNORED);
            assertThat(found(range)).hasSize(2);
            assertThat(found("sys_created_on>=2100-01-01 00:00:00")).hasSize(3);
            assertThat(found("category=network^sys_created_on>=2026-03-01 10:00:00"))
                    .isEqualTo("3");
        } finally {
            instance.settings().rangesAllowed();
        }
    }

    @Test
    void the_longest_operator_is_read_first() {
        assertThat(Operator.at("NOT INa,b").orElseThrow().operator()).isEqualTo(Operator.NOT_IN);
        assertThat(Operator.at("ISNOTEMPTY").orElseThrow().operator()).isEqualTo(Operator.IS_NOT_EMPTY);
        assertThat(Operator.at("INSTANCEOFtask").orElseThrow().operator()).isEqualTo(Operator.INSTANCE_OF);
        assertThat(Operator.at("INa").orElseThrow().operator()).isEqualTo(Operator.IN);
        assertThat(Operator.at(">=5").orElseThrow().text()).isEqualTo(">=");
    }
}
