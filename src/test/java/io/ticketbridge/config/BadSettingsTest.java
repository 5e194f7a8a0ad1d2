package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadSettingsTest {
    /** A key, a value that is wrong in otherwise working settings, and the whole message. A key without value is removed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            flow.cases.poll | 500ms | ticketbridge.flow.cases.poll must be at least 10s, was 500ms: write 10s or more
            flow.cases.poll | often | ticketbridge.flow.cases.poll must be a period or a Quartz cron, was often: write it like 5m or 0 0/5 * * * ?
            flow.cases.poll | */5 * * * * | ticketbridge.flow.cases.poll must be a Quartz cron, was */5 * * * *: use six fields, seconds first, and ? for one of the two days: 0 0/5 * * * ?
            flow.cases.source | | ticketbridge.flow.cases.source is missing: set it to one of vision-one-cases, vision-one-alerts, cloud-posture, scc, workload-protection, files, http, api
            flow.cases.source | vision-one-case | ticketbridge.flow.cases.source must be one of vision-one-cases, vision-one-alerts, cloud-posture, scc, workload-protection, files, http, api, was vision-one-case: write vision-one-cases
            flow.cases.source | http | ticketbridge.flow.cases.token is missing, senders to flow cases have to show who they are: set TICKETBRIDGE_FLOW_CASES_TOKEN, or ticketbridge.flow.cases.hmac-secret for senders that sign
            flow.compliance.token | 0123456789abcdef | ticketbridge.flow.compliance.token must not be set for source scc: remove it, it is for http
            http.intake-max-size | 999 | ticketbridge.http.intake-max-size must be at least 1000, was 999: write 1000 or more
            flow.cases.profile | | ticketbridge.flow.cases.profile is missing: name one of case-incident, compliance-incident
            flow.cases.profile | case-incidnet | ticketbridge.flow.cases.profile must name a profile that exists, was case-incidnet: write case-incident or define a profile with ticketbridge.profile.case-incidnet.table=incident
            flow.cases.instance | eu | ticketbridge.flow.cases.instance must name an instance that exists, was eu: write default
            flow.cases.enabled | yes | ticketbridge.flow.cases.enabled must be true or false, was yes: write true or false
            flow.cases.group-by | control | ticketbridge.flow.cases.group-by must not be set for source vision-one-cases: remove it, each case has its own ticket
            flow.cases.folder | ./x | ticketbridge.flow.cases.folder must not be set for source vision-one-cases: remove it, it is for files
            flow.compliance.source-filter | x | ticketbridge.flow.compliance.source-filter must not be set for source scc: remove it, it is for vision-one-cases and vision-one-alerts and cloud-posture and workload-protection
            flow.compliance.group-by | severity | ticketbridge.flow.compliance.group-by must hold some of resource, control, check, account, region, scope, which never change, was severity: write one of them for severity
            flow.compliance.group-by | control,control | ticketbridge.flow.compliance.group-by must name each key once, was control,control: remove the second control
            flow.compliance.new-ticket-after-days | 0 | ticketbridge.flow.compliance.new-ticket-after-days must be between 1 and 3650, was 0: write 1 or more
            flow.compliance.new-ticket-after-days | 30d | ticketbridge.flow.compliance.new-ticket-after-days must be a whole number, was 30d: write a number between 1 and 3650
            flow.compliance.on-recurrence | re-open | ticketbridge.flow.compliance.on-recurrence must be one of new-ticket, reopen, comment, was re-open: write reopen
            flow.compliance.baseline | adapt | ticketbridge.flow.compliance.baseline must be one of ticket, adopt, silence, was adapt: write adopt
            flow.compliance.max-new-tickets-per-run | 0 | ticketbridge.flow.compliance.max-new-tickets-per-run must be at least 1, was 0: write 1 or more
            flow.compliance.max-new-tickets-per-run | 99999999999999999999 | ticketbridge.flow.compliance.max-new-tickets-per-run must be at least 1, was 99999999999999999999: write 2147483647 or less
            http.port | 65536 | ticketbridge.http.port must be between 0 and 65535, was 65536: write 65535 or less
            kafka.brokers | kafka-1 | ticketbridge.kafka.brokers must be hosts with their ports, was kafka-1: write them like kafka-1:9092, kafka-2:9092
            http.host | 0.0.0.0 | ticketbridge.http.password is missing, others can reach the console at ticketbridge.http.host=0.0.0.0: set TICKETBRIDGE_HTTP_PASSWORD, or mount a file and name it in ticketbridge.http.password.file
            flow.cases.polll | 5m | ticketbridge.flow.cases.polll is not a setting: the nearest is ticketbridge.flow.cases.poll
            flow.cases.groupby | control | ticketbridge.flow.cases.groupby is not a setting: the nearest is ticketbridge.flow.cases.group-by
            service-now.url | https://x | ticketbridge.service-now.url is not a setting: the nearest is ticketbridge.servicenow.url
            servicenow.pasword | hunter22 | ticketbridge.servicenow.pasword is not a setting: the nearest is ticketbridge.servicenow.password
            flow.a b.source | scc | ticketbridge.flow.a b.source must hold a name of letters, digits, - and _: choose another name
            scc.url.url | https://x | ticketbridge.scc.url.url must not use the name of a setting as an instance's: choose another name
            scc.default.url | https://x | ticketbridge.scc.default.url must be written without the name default: write ticketbridge.scc.url
            profile.case-incident.table | Incident | ticketbridge.profile.case-incident.table must be a table's name of lower-case letters, digits and _, was Incident: write the name, not the label: incident for Incident
            profile.case-incident.assigned-to | Beth Anglin | ticketbridge.profile.case-incident.assigned-to must be a sys_id of 32 hex digits, was Beth Anglin: copy it in ServiceNow with the record's menu, Copy sys_id
            profile.case-incident.field.Short description | x | ticketbridge.profile.case-incident.field.Short description must end with a column's name: write the name, not the label: short_description for Short description
            profile.case-incident.severity.hihg.impact | 1 | ticketbridge.profile.case-incident.severity.hihg.impact must name a severity out of unknown, informational, low, medium, high, critical: write ticketbridge.profile.case-incident.severity.high.impact
            servicenow.url | | ticketbridge.servicenow.url is missing, flows deliver there: set it to the like of https://example.service-now.com
            servicenow.url | example.service-now.com | ticketbridge.servicenow.url must be a URL with scheme and host, was example.service-now.com: write https://example.service-now.com
            servicenow.url | ftp://example.com | ticketbridge.servicenow.url must be an https URL, was ftp://example.com: begin with https://
            servicenow.url | https://me:hunter22@example.com | ticketbridge.servicenow.url must not carry credentials, was https://***@example.com: remove what stands before @ and use the settings for credentials
            servicenow.url | https://example.com/?a=b | ticketbridge.servicenow.url must end with the path, was https://example.com/?a=b: remove what follows ? or #
            servicenow.client-secret | | ticketbridge.servicenow.client-secret is missing, ticketbridge.servicenow.auth=oauth-client-credentials needs it: set TICKETBRIDGE_SERVICENOW_CLIENT_SECRET, or mount a file and name it in ticketbridge.servicenow.client-secret.file
            servicenow.auth | api-key | ticketbridge.servicenow.api-key is missing, ticketbridge.servicenow.auth=api-key needs it: set TICKETBRIDGE_SERVICENOW_API_KEY, or mount a file and name it in ticketbridge.servicenow.api-key.file
            servicenow.auth | oauth | ticketbridge.servicenow.auth must be one of oauth-client-credentials, oauth-password, basic, api-key, was oauth: write oauth-client-credentials
            servicenow.group-sys-id | CloudOps | ticketbridge.servicenow.group-sys-id must be a sys_id of 32 hex digits, was CloudOps: copy it in ServiceNow with the record's menu, Copy sys_id
            servicenow.request-timeout | 60 | ticketbridge.servicenow.request-timeout must be a number and a unit (ms, s, m, h, d), was 60: write it like 30s or 5m
            servicenow.connect-timeout | 2d | ticketbridge.servicenow.connect-timeout must be between 100ms and 1h, was 2d: write a period between 100ms and 1h
            servicenow.deliveries | 65 | ticketbridge.servicenow.deliveries must be between 1 and 64, was 65: write 64 or less
            vision-one.token | | ticketbridge.vision-one.token is missing, flow cases reads from it: set TICKETBRIDGE_VISION_ONE_TOKEN, or mount a file and name it in ticketbridge.vision-one.token.file
            vision-one.cloud-posture-path | beta/cloudPosture/ | ticketbridge.vision-one.cloud-posture-path must be a path of letters, digits and . _ ~ - that begins with a slash and ends with none, was beta/cloudPosture/: write it like /beta/cloudPosture
            vision-one.cloud-posture-query-limit | 10 | ticketbridge.vision-one.cloud-posture-query-limit must be between 100 and 1000000, was 10: write 100 or more
            scc.url | | ticketbridge.scc.url is missing, flow compliance reads from it: set it to the like of https://us-south.compliance.cloud.ibm.com/instances/INSTANCE/v3
            database.url | jdbc:postgresql://ticketbridge:hunter22@db:5432/x | ticketbridge.database.url must hold no user and no password before the host, was jdbc:postgresql://***@db:5432/x: write jdbc:postgresql://HOST:5432/DATABASE and give both apart: ticketbridge.database.user and .password, --from-user and --from-password-file
            database.url | jdbc:h2:tcp://127.0.0.1/x | ticketbridge.database.url must name a file of H2 by a path that begins with ./ or ~/ or / or a drive, was jdbc:h2:tcp://127.0.0.1/x: write jdbc:h2:file:./data/ticketbridge, say
            database.url | jdbc:h2:mem:x | ticketbridge.database.url must name a file of H2 by a path that begins with ./ or ~/ or / or a drive, was jdbc:h2:mem:x: write jdbc:h2:file:./data/ticketbridge, say
            database.url | jdbc:mysql://db/x?password=hunter22 | ticketbridge.database.url must begin with jdbc:h2: or jdbc:postgresql:, was jdbc:mysql://db/x?password=***: write jdbc:postgresql://HOST:5432/DATABASE, say
            database.pool-size | many | ticketbridge.database.pool-size must be a whole number, was many: write a number between 2 and 200
            """)
    void one_bad_setting_has_one_message(String key, String value, String message) {
        Map<String, String> keys = SettingsTest.working();
        if (value == null) {
            keys.remove("ticketbridge." + key);
        } else {
            keys.put("ticketbridge." + key, value);
        }
        assertThat(problems(keys)).containsExactly(message);
    }

    @Test
    void all_problems_are_reported_at_once() {
        assertThat(problems(working(
                        "flow.cases.poll=1s",
                        "servicenow.auth=basic",
                        "flow.compliance.baseline=x",
                        "database.pool-size=0")))
                .hasSize(5);
    }

    @Test
    void a_profile_needs_a_table() {
        Map<String, String> keys = working("profile.case-incident.caller=6816f79cc0a8016401c5a33be04be441");
        keys.remove("ticketbridge.profile.case-incident.table");
        assertThat(problems(keys))
                .containsExactly(
                        "ticketbridge.profile.case-incident.table is missing: set it to the name of a table, incident say");
    }

    @Test
    void credentials_that_are_missing_are_each_named() {
        Map<String, String> keys = working("servicenow.auth=oauth-password");
        assertThat(problems(keys))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("ticketbridge.servicenow.user is missing, "))
                .anyMatch(problem -> problem.startsWith("ticketbridge.servicenow.password is missing, "));
    }

    @Test
    void brokers_that_want_a_sign_in_need_a_user_and_a_password() {
        assertThat(problems(working("kafka.brokers=kafka-1:9092", "kafka.security=sasl-ssl", "kafka.topic=with blank")))
                .anyMatch(problem -> problem.startsWith("ticketbridge.kafka.user is missing"))
                .anyMatch(problem -> problem.startsWith("ticketbridge.kafka.password is missing"))
                .anyMatch(problem -> problem.startsWith("ticketbridge.kafka.topic must have letters"));
        assertThat(Settings.load(Sources.only(working("kafka.brokers=kafka-1:9092, [::1]:9093")))
                        .kafka()
                        .brokers())
                .hasSize(2);
    }

    @Test
    void cases_and_alerts_never_open_tickets_together() {
        assertThat(problems(working("flow.alerts.source=vision-one-alerts", "flow.alerts.profile=case-incident")))
                .containsExactly("ticketbridge.flow.alerts.source must not be vision-one-alerts while flow cases takes "
                        + "vision-one-cases, as both would open a ticket for one event: to have tickets for cases set "
                        + "ticketbridge.flow.alerts.enabled=false, to have them for alerts set "
                        + "ticketbridge.flow.cases.enabled=false");
    }

    @Test
    void two_flows_never_read_the_cases_of_one_instance() {
        assertThat(problems(working("flow.more.source=vision-one-cases", "flow.more.profile=case-incident")))
                .containsExactly(
                        "ticketbridge.flow.more.source must not read the cases of instance default as flow cases "
                                + "does, as both would open a ticket for one case: set ticketbridge.flow.more.enabled=false, or "
                                + "give it the instance of another tenant");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.xdr.trendmicro.com, opaque, https://api.xdr.trendmicro.com, opaque, true",
        "https://api.xdr.trendmicro.com, opaque, https://api.xdr.trendmicro.com, another, false",
        "https://api.xdr.trendmicro.com, opaque, https://api.eu.xdr.trendmicro.com, opaque, false",
        "https://api.xdr.trendmicro.com, e30.eyJjaWQiOiJhIn0.1, https://api.xdr.trendmicro.com, e30.eyJjaWQiOiJhIn0.2, true",
        "https://api.xdr.trendmicro.com, e30.eyJjaWQiOiJhIn0.1, https://api.xdr.trendmicro.com, e30.eyJjaWQiOiJiIn0.1, false"
    })
    void a_second_name_for_a_tenant_makes_no_other_one(
            String url, String token, String otherUrl, String otherToken, boolean same) {
        Map<String, String> keys = working(
                "vision-one.url=" + url,
                "vision-one.token=" + token,
                "vision-one.again.url=" + otherUrl,
                "vision-one.again.token=" + otherToken,
                "flow.more.source=vision-one-cases",
                "flow.more.instance=again",
                "flow.more.profile=case-incident");

        if (same) {
            assertThat(problems(keys))
                    .singleElement()
                    .asString()
                    .startsWith("ticketbridge.flow.more.source must not read the cases of instance again, the same"
                            + " tenant's as of instance default, as flow cases does");
        } else {
            assertThat(SettingsTest.load(keys).flows()).containsKey("more");
        }
    }

    @Test
    void two_flows_never_watch_one_folder_however_it_is_written() {
        String[] flows = {
            "flow.a.source=files",
            "flow.a.profile=case-incident",
            "flow.a.folder=./scans",
            "flow.b.source=files",
            "flow.b.profile=case-incident",
            "flow.b.folder=other/../scans/"
        };
        Map<String, String> one = working(flows);
        assertThat(problems(one))
                .containsExactly("ticketbridge.flow.b.folder must not be the folder of flow a, as each file would be"
                        + " read by one of them alone, was other/../scans: give it a folder of its own, and put a copy of"
                        + " each file into both");

        one.put("ticketbridge.flow.a.enabled", "false");
        assertThat(SettingsTest.load(one).flows()).containsKeys("a", "b");
    }

    @Test
    void two_flows_never_read_the_alerts_of_one_instance_and_never_group_them() {
        assertThat(problems(working(
                        "flow.cases.source=vision-one-alerts",
                        "flow.more.source=vision-one-alerts",
                        "flow.more.profile=case-incident",
                        "flow.more.group-by=control")))
                .containsExactlyInAnyOrder(
                        "ticketbridge.flow.more.source must not read the alerts of instance default as flow cases "
                                + "does, as both would open a ticket for one alert: set ticketbridge.flow.more.enabled=false, or "
                                + "give it the instance of another tenant",
                        "ticketbridge.flow.more.group-by must not be set for source vision-one-alerts: remove it, each "
                                + "alert has its own ticket");
    }

    @Test
    void an_instance_must_be_named_where_there_is_no_default() {
        Map<String, String> keys = SettingsTest.working();
        keys.put("ticketbridge.scc.eu.url", keys.remove("ticketbridge.scc.url"));
        keys.put("ticketbridge.scc.eu.api-key", keys.remove("ticketbridge.scc.api-key"));
        assertThat(problems(keys))
                .containsExactly("ticketbridge.flow.compliance.instance is missing, and there is no default instance: "
                        + "name one of eu");
    }

    @Test
    void workload_protection_takes_an_api_key_with_an_instance_id_or_else_a_token() {
        assertThat(problems(posture()))
                .containsExactly("ticketbridge.workload-protection.api-key is missing, and so is"
                        + " ticketbridge.workload-protection.token: set ticketbridge.workload-protection.api-key and"
                        + " ticketbridge.workload-protection.instance-id, or else ticketbridge.workload-protection.token;"
                        + " TICKETBRIDGE_WORKLOAD_PROTECTION_API_KEY and a mounted file named in"
                        + " ticketbridge.workload-protection.api-key.file also do");
        assertThat(problems(posture("workload-protection.api-key=hunter22")))
                .singleElement()
                .asString()
                .startsWith("ticketbridge.workload-protection.instance-id is missing, IBM Cloud wants it with"
                        + " ticketbridge.workload-protection.api-key: ");
        assertThat(problems(posture("workload-protection.token=hunter22", "workload-protection.instance-id=guid")))
                .containsExactly("ticketbridge.workload-protection.token must not be set together with"
                        + " ticketbridge.workload-protection.instance-id: on IBM Cloud keep"
                        + " ticketbridge.workload-protection.api-key and ticketbridge.workload-protection.instance-id,"
                        + " elsewhere the token");
        assertThat(instance(posture("workload-protection.token=hunter22")).usesIam())
                .isFalse();
        assertThat(instance(posture("workload-protection.api-key=k", "workload-protection.instance-id=guid"))
                        .usesIam())
                .isTrue();
        assertThat(problems(working("flow.p.source=workload-protection", "flow.p.profile=case-incident")))
                .anyMatch(
                        problem -> problem.startsWith("ticketbridge.workload-protection.url is missing, flow p reads"));
    }

    private static WorkloadProtectionSettings instance(Map<String, String> keys) {
        return Settings.load(Sources.only(keys)).workloadProtection().get("default");
    }

    private static Map<String, String> posture(String... more) {
        Map<String, String> keys = working(more);
        keys.put("ticketbridge.workload-protection.url", "https://example.com");
        keys.put("ticketbridge.flow.p.source", "workload-protection");
        keys.put("ticketbridge.flow.p.profile", "case-incident");
        return keys;
    }

    @Test
    void a_misspelt_first_word_is_not_ignored() {
        assertThat(problems(Map.of("ticketbrige.servicenow.url", "https://x")))
                .containsExactly(
                        "ticketbrige.servicenow.url is not a setting: the nearest is ticketbridge.servicenow.url");
    }

    @Test
    void a_problem_has_its_parts() {
        SettingsException thrown = thrownBy(working("flow.cases.poll=500ms"));
        assertThat(thrown.problems())
                .containsExactly(new Problem(
                        "ticketbridge.flow.cases.poll", "must be at least 10s", "500ms", "", "write 10s or more"));
    }

    @Test
    void no_secret_is_in_any_message() {
        SettingsException thrown = thrownBy(working(
                "servicenow.password=hunter22",
                "servicenow.user-sys-id=hunter22",
                "flow.cases.poll=hunter22",
                "servicenow.clientsecret=hunter22",
                "vision-one.url=https://u:hunter22@host",
                "scc.url=https://u:x/hunter22y@host"));
        assertThat(thrown.problems()).hasSize(5);
        assertThat(thrown).hasMessageNotContaining("hunter22");
    }

    @Test
    void a_value_can_not_forge_lines() {
        SettingsException thrown = thrownBy(working("flow.cases.poll=x\nINFO all is well" + "y".repeat(100)));
        assertThat(thrown.getMessage().lines()).hasSize(1);
        assertThat(thrown.getMessage()).hasSizeLessThan(220);
    }

    private static Map<String, String> working(String... more) {
        Map<String, String> keys = SettingsTest.working();
        Arrays.stream(more)
                .map(line -> line.split("=", 2))
                .forEach(pair -> keys.put("ticketbridge." + pair[0], pair[1]));
        return keys;
    }

    private static List<String> problems(Map<String, String> keys) {
        return thrownBy(keys).problems().stream().map(Problem::toString).toList();
    }

    private static SettingsException thrownBy(Map<String, String> keys) {
        return catchThrowableOfType(
                SettingsException.class, () -> Settings.load(Sources.only(new LinkedHashMap<>(keys))));
    }
}
