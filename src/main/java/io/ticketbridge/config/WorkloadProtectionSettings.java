package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;

/**
 * One instance of IBM Security and Compliance Center Workload Protection. Signed in to with a token of Sysdig's own, or else with an
 * API key and the instance id.
 *
 * @param name the instance's name; {@code default} where the settings give none
 * @param url the API host, without a slash at the end; null if not set, which a flow that uses it does not allow
 * @param iamUrl where the API key is exchanged for a token
 * @param instanceId the GUID of the instance; empty where there is a token
 */
public record WorkloadProtectionSettings(
        String name,
        URI url,
        URI iamUrl,
        Secret apiKey,
        String instanceId,
        Secret token,
        Duration requestTimeout,
        NetworkSettings network) {

    /** Whether it is signed in to through IAM, and not with a token of Sysdig's own. */
    public boolean usesIam() {
        return token.isEmpty();
    }
}
