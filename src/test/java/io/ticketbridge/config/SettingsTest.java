package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SettingsTest {
    /** The least that a cases flow and a compliance flow need. */
    static Map<String, String> working() {
        Map<String, String> keys = new HashMap<>();
        keys.put("ticketbridge.vision-one.url", "https://api.xdr.trendmicro.com");
        keys.put("ticketbridge.vision-one.token", "v1-token");
        keys.put("ticketbridge.scc.url", "https://us-south.compliance.cloud.ibm.com/instances/I/v3/");
        keys.put("ticketbridge.scc.api-key", "scc-key");
        keys.put("ticketbridge.servicenow.url", "https://example.service-now.com/");
        keys.put("ticketbridge.servicenow.client-id", "client");
        keys.put("ticketbridge.servicenow.client-secret", "client-secret");
        keys.put("ticketbridge.flow.cases.source", "vision-one-cases");
        keys.put("ticketbridge.flow.cases.profile", "case-incident");
        keys.put("ticketbridge.flow.compliance.source", "scc");
        keys.put("ticketbridge.flow.compliance.profile", "compliance-incident");
        keys.put("ticketbridge.profile.case-incident.table", "incident");
        keys.put("ticketbridge.profile.compliance-incident.table", "incident");
        return keys;
    }

    static Settings load(Map<String, String> more) {
        Map<String, String> keys = working();
        keys.putAll(more);
        return Settings.load(Sources.only(keys));
    }

    @Test
    void a_flow_needs_only_its_source_and_profile() {
        Settings settings = load(Map.of());
        FlowSettings flow = settings.flows().get("compliance");
        assertThat(flow.source()).isEqualTo(SourceKind.SCC);
        assertThat(flow.instance()).isEqualTo("default");
        assertThat(flow.enabled()).isTrue();
        assertThat(flow.poll()).isEqualTo(new Poll.Every(Duration.ofHours(1)));
        assertThat(flow.groupBy()).containsExactly(GroupKey.RESOURCE);
        assertThat(flow.control()).isEqualTo("control");
        assertThat(flow.newTicketWhenStatus()).isEqualTo("resolved");
        assertThat(flow.newTicketAfterDays()).isEqualTo(OptionalInt.empty());
        assertThat(flow.onRecurrence()).isEqualTo(OnRecurrence.NEW_TICKET);
        assertThat(flow.resolveWhenFixed()).isTrue();
        assertThat(flow.baseline()).isEqualTo(Baseline.TICKET);
        assertThat(flow.maxNewTicketsPerRun()).isEqualTo(200);
        assertThat(flow.maxClosuresPerRun()).isEqualTo(200);
        assertThat(settings.flows().get("cases").poll()).isEqualTo(new Poll.Every(Duration.ofMinutes(5)));
        assertThat(settings.flows().get("cases").groupBy()).isEmpty();
    }

    @Test
    void cloud_posture_reads_a_tenant_that_cases_read_too_and_may_have_a_filter_of_its_own() {
        Settings settings = load(Map.of(
                "ticketbridge.flow.posture.source", "cloud-posture",
                "ticketbridge.flow.posture.source-filter", "riskLevel eq 'HIGH'",
                "ticketbridge.flow.posture.profile", "compliance-incident"));
        FlowSettings flow = settings.flows().get("posture");
        assertThat(flow.poll()).isEqualTo(new Poll.Every(Duration.ofHours(1)));
        assertThat(flow.groupBy()).containsExactly(GroupKey.RESOURCE);
        assertThat(flow.syncBack()).isFalse();
        VisionOneSettings tenant = settings.visionOne().get(flow.instance());
        assertThat(tenant.cloudPosturePath()).isEqualTo("/beta/cloudPosture");
        assertThat(tenant.cloudPostureQueryLimit()).isEqualTo(10_000);
    }

    @Test
    void nothing_at_all_is_a_ledger_in_a_file() {
        Settings settings = Settings.load(Sources.only(Map.of()));
        assertThat(settings.database())
                .isEqualTo(new DatabaseSettings("jdbc:h2:file:./data/ticketbridge", "", Secret.NONE, 10));
        assertThat(settings.flows()).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void addresses_lose_the_slash_at_the_end_and_tokens_come_from_the_instance() {
        ServiceNowSettings serviceNow = load(Map.of()).serviceNow();
        assertThat(serviceNow.url()).isEqualTo(URI.create("https://example.service-now.com"));
        assertThat(serviceNow.tokenUrl()).isEqualTo(URI.create("https://example.service-now.com/oauth_token.do"));
        assertThat(serviceNow.requestTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(load(Map.of()).scc().get("default").url().getPath()).isEqualTo("/instances/I/v3");
    }

    @Test
    void what_is_written_wins_over_defaults() {
        Settings settings = load(Map.of(
                "ticketbridge.flow.compliance.poll", "0 0/15 * * * ?",
                "ticketbridge.flow.compliance.group-by", "control, account",
                "ticketbridge.flow.compliance.new-ticket-after-days", "30",
                "ticketbridge.flow.compliance.on-recurrence", "reopen",
                "ticketbridge.servicenow.auth", "oauth-client-credentials"));
        FlowSettings flow = settings.flows().get("compliance");
        assertThat(flow.poll()).isEqualTo(new Poll.Cron("0 0/15 * * * ?"));
        assertThat(flow.groupBy()).containsExactly(GroupKey.CONTROL, GroupKey.ACCOUNT);
        assertThat(flow.newTicketAfterDays()).hasValue(30);
        assertThat(flow.onRecurrence()).isEqualTo(OnRecurrence.REOPEN);
    }

    @Test
    void instances_are_told_apart_by_name() {
        Settings settings = load(Map.of(
                "ticketbridge.scc.eu.url", "https://eu-de.compliance.cloud.ibm.com/instances/J/v3",
                "ticketbridge.scc.eu.api-key", "other",
                "ticketbridge.flow.compliance.instance", "eu"));
        assertThat(settings.scc()).containsOnlyKeys("default", "eu");
        assertThat(settings.scc().get("eu").apiKey()).isEqualTo(Secret.of("other"));
        assertThat(settings.scc().get("eu").iamUrl()).hasHost("iam.cloud.ibm.com");
    }

    @Test
    void templates_survive_untouched() {
        ProfileSettings profile = load(Map.of(
                        "ticketbridge.profile.case-incident.field.short_description", " ${body.title} {x} ",
                        "ticketbridge.profile.case-incident.field.category", "",
                        "ticketbridge.profile.case-incident.on-resolve.close_code", "Resolved",
                        "ticketbridge.profile.case-incident.severity.high.impact", "1 - High",
                        "ticketbridge.profile.case-incident.severity.high.urgency", "1 - High"))
                .profiles()
                .get("case-incident");
        assertThat(profile.fields()).isEqualTo(Map.of("short_description", " ${body.title} {x} ", "category", ""));
        assertThat(profile.onResolve()).isEqualTo(Map.of("close_code", "Resolved"));
        assertThat(profile.severity())
                .isEqualTo(Map.of(Severity.HIGH, Map.of("impact", "1 - High", "urgency", "1 - High")));
    }

    @Test
    void group_and_user_hold_for_every_profile_that_names_no_other() {
        String group = "d625dccec0a8016700a222a0f7900d06";
        String user = "6816f79cc0a8016401c5a33be04be441";
        Map<String, ProfileSettings> profiles = load(Map.of(
                        "ticketbridge.servicenow.group-sys-id", group,
                        "ticketbridge.servicenow.user-sys-id", user,
                        "ticketbridge.profile.case-incident.assignment-group", user))
                .profiles();
        assertThat(profiles.get("compliance-incident").assignmentGroup()).isEqualTo(group);
        assertThat(profiles.get("compliance-incident").assignedTo()).isEqualTo(user);
        assertThat(profiles.get("case-incident").assignmentGroup()).isEqualTo(user);
    }

    @Test
    void properties_hold_defaults_for_every_name_and_the_default_instance_by_name() {
        Map<String, String> properties =
                load(Map.of("camel.main.name", "bridge")).properties();
        assertThat(properties)
                .containsEntry("ticketbridge.flow.cases.poll", "5m")
                .containsEntry("ticketbridge.flow.compliance.poll", "1h")
                .containsEntry("ticketbridge.flow.compliance.max-closures-per-run", "200")
                .containsEntry("ticketbridge.servicenow.url", "https://example.service-now.com")
                .containsEntry("ticketbridge.servicenow.token-url", "https://example.service-now.com/oauth_token.do")
                .containsEntry("ticketbridge.servicenow.client-secret", "client-secret")
                .containsEntry("ticketbridge.scc.default.api-key", "scc-key")
                .containsEntry("camel.main.name", "bridge")
                .containsEntry("ticketbridge.http.port", "8080")
                .doesNotContainKey("ticketbridge.http.password")
                .doesNotContainKey("ticketbridge.flow.cases.filter");
    }

    @Test
    void the_ledger_alone_needs_no_credentials() {
        Map<String, String> keys =
                Map.of("ticketbridge.flow.cases.source", "vision-one-cases", "ticketbridge.flow.half.profile", "none");
        Settings settings = Settings.load(Sources.only(keys), Requirement.LEDGER_ONLY);
        assertThat(settings.flows()).containsOnlyKeys("cases");
        assertThat(settings.serviceNow().url()).isNull();
    }

    @Test
    void a_flow_that_is_not_enabled_needs_nothing() {
        Settings settings = Settings.load(Sources.only(Map.of(
                "ticketbridge.flow.alerts.source", "vision-one-alerts",
                "ticketbridge.flow.alerts.enabled", "false")));
        assertThat(settings.flows().get("alerts").enabled()).isFalse();
    }

    /** It tells one ServiceNow instance from another: a gateway has several, too. */
    @Test
    void an_instance_has_one_name_however_its_url_is_written() {
        assertThat(load(Map.of("ticketbridge.servicenow.url", "HTTPS://Bank.Service-Now.com:443/"))
                        .serviceNow()
                        .instance())
                .isEqualTo("bank.service-now.com");
        assertThat(load(Map.of("ticketbridge.servicenow.url", "https://gateway.example.com:8443/dev"))
                        .serviceNow()
                        .instance())
                .isEqualTo("gateway.example.com:8443/dev");
        assertThat(load(Map.of("ticketbridge.servicenow.former-url", "http://Old.example.com:80"))
                        .serviceNow()
                        .formerInstance())
                .isEqualTo("old.example.com");
        assertThat(load(Map.of()).serviceNow().formerInstance()).isEmpty();
    }

    @Test
    void plain_http_is_a_warning_except_on_loopback() {
        Settings settings = load(Map.of(
                "ticketbridge.servicenow.url", "http://servicenow.example.com",
                "ticketbridge.vision-one.url", "http://127.0.0.1:8080",
                "ticketbridge.scc.url", "http://localhost:8081/instances/I/v3"));
        assertThat(settings.warnings())
                .isEqualTo(List.of("ticketbridge.servicenow.url should be https, was http://servicenow.example.com: "
                        + "others can read the credentials and tickets that travel there"));
    }

    @Test
    void a_findings_folder_is_a_path() {
        Settings settings = load(Map.of(
                "ticketbridge.flow.prowler.source", "files",
                "ticketbridge.flow.prowler.profile", "compliance-incident",
                "ticketbridge.flow.prowler.folder", "./findings"));
        assertThat(settings.flows().get("prowler").folder()).contains(Path.of("./findings"));
        assertThat(settings.flows().get("prowler").poll()).hasToString("1m");
    }

    @Test
    void no_secret_is_in_any_text() {
        Map<String, String> secrets = Map.of(
                "ticketbridge.servicenow.password", "hidden-1",
                "ticketbridge.servicenow.api-key", "hidden-2",
                "ticketbridge.database.password", "hidden-3",
                "ticketbridge.servicenow.client-secret", "hidden-4",
                "ticketbridge.vision-one.token", "hidden-5",
                "ticketbridge.scc.api-key", "hidden-6",
                "ticketbridge.database.url", "jdbc:postgresql://db/x?password=hidden-8&ssl=true");
        Settings settings = load(secrets);
        assertThat(List.of(
                        settings.toString(),
                        settings.database().toString(),
                        settings.serviceNow().toString(),
                        settings.visionOne().toString(),
                        settings.scc().toString(),
                        Sources.only(secrets).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain("hidden"));
        assertThat(settings.visionOne().toString()).contains("***");
        assertThat(settings.serviceNow().password().reveal()).isEqualTo("hidden-1");
    }
}
