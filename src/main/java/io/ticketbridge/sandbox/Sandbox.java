package io.ticketbridge.sandbox;

import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.sandbox.scc.SccOptions;
import io.ticketbridge.sandbox.scc.SccSimulator;
import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionOptions;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The simulated systems, started together. The same seed brings the same cases, findings and keys. */
public final class Sandbox implements AutoCloseable {
    /** How many ports it takes from a base port on. */
    public static final int PORTS = 4;

    private final Clock clock;
    private final SimulatedCloud cloud;
    private final Path folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final VisionOneSimulator visionOne;
    private final ServiceNowSimulator serviceNow;
    private final SccSimulator scc;
    private final WorkloadProtectionSimulator workloadProtection;

    private Sandbox(long seed, int basePort, Path folder, Clock clock) {
        this.clock = clock;
        this.folder = folder;
        this.cloud = SimulatedCloud.ofUsualSize(seed, clock);
        try {
            visionOne = opened(VisionOneSimulator.start(Options.defaults()
                    .withPort(port(basePort, 0))
                    .withSeed(seed)
                    .withClock(clock)));
            serviceNow = opened(ServiceNowSimulator.start(ServiceNowSimulator.Options.defaults()
                    .withPort(port(basePort, 1))
                    .withSeed(seed)
                    .withClock(clock)));
            scc = opened(SccSimulator.start(SccOptions.defaults()
                    .withPort(port(basePort, 2))
                    .withSeed(seed)
                    .withClock(clock)));
            workloadProtection = opened(WorkloadProtectionSimulator.start(WorkloadProtectionOptions.defaults()
                    .withPort(port(basePort, 3))
                    .withSeed(seed)
                    .withClock(clock)));
            dropScan();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param folder where scan files are dropped; made if it is not there */
    public static Sandbox start(long seed, Path folder, Clock clock) {
        return start(seed, 0, folder, clock);
    }

    /**
     * @param basePort Vision One's port; ServiceNow, SCC and Workload Protection follow on the next three; 0 for any free ones
     * @throws UncheckedIOException when a port is taken or the folder can't be written
     */
    public static Sandbox start(long seed, int basePort, Path folder, Clock clock) {
        return new Sandbox(seed, basePort, folder, clock);
    }

    /** The next scan of the simulated cloud, one file per account, as Prowler writes them. */
    public void dropScan() {
        try {
            Files.createDirectories(folder);
            cloud.writeScan(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The scan can't be written to " + folder, e);
        }
    }

    /** Settings that point ticketbridge at the simulators, with polls as short as they may be. */
    public Map<String, String> properties() {
        Credentials credentials = serviceNow.credentials();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ticketbridge.vision-one.url", visionOne.url());
        properties.put("ticketbridge.vision-one.token", visionOne.token());
        properties.put("ticketbridge.scc.url", scc.baseUrl());
        properties.put("ticketbridge.scc.iam-url", scc.tokenUrl());
        properties.put("ticketbridge.scc.api-key", scc.apiKey());
        properties.put("ticketbridge.workload-protection.url", workloadProtection.url());
        properties.put("ticketbridge.workload-protection.iam-url", workloadProtection.tokenUrl());
        properties.put("ticketbridge.workload-protection.api-key", workloadProtection.apiKey());
        properties.put("ticketbridge.workload-protection.instance-id", workloadProtection.instanceId());
        properties.put("ticketbridge.servicenow.url", serviceNow.url());
        properties.put("ticketbridge.servicenow.auth", "oauth-client-credentials");
        properties.put("ticketbridge.servicenow.client-id", credentials.clientId());
        properties.put("ticketbridge.servicenow.client-secret", credentials.clientSecret());
        properties.put("ticketbridge.flow.cases.source", "vision-one-cases");
        properties.put("ticketbridge.flow.cases.poll", "10s");
        properties.put("ticketbridge.flow.cases.profile", "case-incident");
        properties.put("ticketbridge.flow.compliance.source", "files");
        properties.put("ticketbridge.flow.compliance.folder", folder.toString());
        properties.put("ticketbridge.flow.compliance.poll", "10s");
        properties.put("ticketbridge.flow.compliance.group-by", "control");
        properties.put("ticketbridge.flow.compliance.profile", "compliance-incident");
        properties.put("ticketbridge.flow.posture.source", "cloud-posture");
        properties.put("ticketbridge.flow.posture.poll", "10s");
        properties.put("ticketbridge.flow.posture.group-by", "control");
        properties.put("ticketbridge.flow.posture.profile", "compliance-incident");
        properties.put("ticketbridge.flow.scc.source", "scc");
        properties.put("ticketbridge.flow.scc.poll", "10s");
        properties.put("ticketbridge.flow.scc.group-by", "control");
        properties.put("ticketbridge.flow.scc.profile", "compliance-incident");
        properties.put("ticketbridge.flow.workloads.source", "workload-protection");
        properties.put("ticketbridge.flow.workloads.poll", "10s");
        properties.put("ticketbridge.flow.workloads.group-by", "control");
        properties.put("ticketbridge.flow.workloads.profile", "compliance-incident");
        properties.put("ticketbridge.profile.case-incident.table", "incident");
        properties.put("ticketbridge.profile.compliance-incident.table", "incident");
        return properties;
    }

    public VisionOneSimulator visionOne() {
        return visionOne;
    }

    public ServiceNowSimulator serviceNow() {
        return serviceNow;
    }

    public SccSimulator scc() {
        return scc;
    }

    public WorkloadProtectionSimulator workloadProtection() {
        return workloadProtection;
    }

    public SimulatedCloud cloud() {
        return cloud;
    }

    /** Where scan files are dropped. */
    public Path folder() {
        return folder;
    }

    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A simulator can't be stopped", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T simulator) {
        started.push(simulator);
        return simulator;
    }

    private static int port(int base, int offset) {
        return base == 0 ? 0 : base + offset;
    }
}
