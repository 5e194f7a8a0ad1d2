package io.ticketbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.WorkloadProtectionSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionOptions;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionSimulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each thing that keeps Workload Protection from being read is named with the property to change (P30). */
class IbmChecksTest {
    private final WorkloadProtectionSimulator simulator = WorkloadProtectionSimulator.start(
            WorkloadProtectionOptions.defaults().withScale(0.1));

    @AfterEach
    void stop() {
        simulator.close();
    }

    private List<Checked> check(String url, String apiKey, String instanceId, String token, String filter) {
        return new IbmChecks(Clock.systemUTC())
                .workloadProtection(
                        new WorkloadProtectionSettings(
                                "eu",
                                URI.create(url),
                                URI.create(simulator.tokenUrl()),
                                Secret.of(apiKey),
                                instanceId,
                                Secret.of(token),
                                Duration.ofSeconds(5),
                                NetworkSettings.DIRECT),
                        filter);
    }

    private static void assertNamed(List<Checked> found, Checked.Verdict verdict, String what, String cure) {
        Checked last = found.get(found.size() - 1);
        assertThat(last.verdict()).isEqualTo(verdict);
        assertThat(last.toString()).contains(what).contains(cure);
        assertThat(found.toString()).doesNotContain("secret-");
    }

    @Test
    void with_either_way_to_sign_in_the_requirements_may_be_read() {
        assertNamed(
                check(simulator.url(), simulator.apiKey(), simulator.instanceId(), "", ""),
                Checked.Verdict.OK,
                "they may be read",
                "");
        assertNamed(
                check(simulator.url(), "", "", simulator.token(), "policy.name contains \"SOC\""),
                Checked.Verdict.OK,
                "they may be read",
                "");
    }

    @Test
    void a_refused_key_instance_or_token_is_named_with_its_property() {
        assertNamed(
                check(simulator.url(), "secret-wrong", simulator.instanceId(), "", ""),
                Checked.Verdict.PROBLEM,
                "IAM gives no token for it (400)",
                "set ticketbridge.workload-protection.eu.api-key");
        assertNamed(
                check(simulator.url(), simulator.apiKey(), "another", "", ""),
                Checked.Verdict.PROBLEM,
                "the instance is not known there",
                "set ticketbridge.workload-protection.eu.instance-id");
        assertNamed(
                check(simulator.url(), "", "", "secret-wrong", ""),
                Checked.Verdict.PROBLEM,
                "the token is not known there",
                "set ticketbridge.workload-protection.eu.token");
    }

    @Test
    void a_wrong_address_and_a_filter_that_finds_nothing_or_is_none_are_named() {
        assertNamed(
                check(simulator.url() + "/secure", "", "", simulator.token(), ""),
                Checked.Verdict.PROBLEM,
                "answers 404",
                "ticketbridge.workload-protection.eu.url");
        assertNamed(
                check("http://127.0.0.1:9", "", "", simulator.token(), ""),
                Checked.Verdict.PROBLEM,
                "can't be reached",
                "ticketbridge.workload-protection.eu.url");
        assertNamed(
                check(simulator.url(), "", "", simulator.token(), "zone.name = \"Nowhere\""),
                Checked.Verdict.WARNING,
                "there are none",
                "source-filter");
        assertNamed(
                check(simulator.url(), "", "", simulator.token(), "zone is Nowhere"),
                Checked.Verdict.PROBLEM,
                "not understood (400)",
                "source-filter");
    }
}
