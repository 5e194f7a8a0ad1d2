package io.ticketbridge.sandbox.workloadprotection;

import java.time.Clock;
import java.time.Duration;

/**
 * How a simulated Workload Protection starts.
 *
 * @param port 0 for any free one
 * @param seed the same seed and clock give the same posture
 * @param scale how many resources there are, 1 for some 400
 * @param apiKey what IAM gives tokens for
 * @param token what is taken without IAM, as outside IBM Cloud
 * @param tokenLifetime how long a token of IAM's is good
 */
public record WorkloadProtectionOptions(
        int port, long seed, double scale, Clock clock, String apiKey, String token, Duration tokenLifetime) {

    /** Any port, some 400 resources, the system's clock, tokens for an hour. */
    public static WorkloadProtectionOptions defaults() {
        return new WorkloadProtectionOptions(
                0,
                1,
                1,
                Clock.systemUTC(),
                "sandbox-workload-protection-api-key",
                "sandbox-sysdig-token",
                Duration.ofHours(1));
    }

    public WorkloadProtectionOptions withPort(int other) {
        return new WorkloadProtectionOptions(other, seed, scale, clock, apiKey, token, tokenLifetime);
    }

    public WorkloadProtectionOptions withSeed(long other) {
        return new WorkloadProtectionOptions(port, other, scale, clock, apiKey, token, tokenLifetime);
    }

    public WorkloadProtectionOptions withScale(double other) {
        return new WorkloadProtectionOptions(port, seed, other, clock, apiKey, token, tokenLifetime);
    }

    public WorkloadProtectionOptions withClock(Clock other) {
        return new WorkloadProtectionOptions(port, seed, scale, other, apiKey, token, tokenLifetime);
    }

    public WorkloadProtectionOptions withTokenLifetime(Duration other) {
        return new WorkloadProtectionOptions(port, seed, scale, clock, apiKey, token, other);
    }

    /** Leaves key and token out. */
    @Override
    public String toString() {
        return "WorkloadProtectionOptions[port=" + port + ", seed=" + seed + ", scale=" + scale + "]";
    }
}
