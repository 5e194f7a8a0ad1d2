package io.ticketbridge.sandbox;

import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The simulated systems, started together. The same seed brings the same cases, findings and keys. */
public final class Sandbox implements AutoCloseable {
    private final VisionOneSimulator visionOne;
    private final ServiceNowSimulator serviceNow;
    private final SimulatedCloud cloud;
    private final Path folder;

    private Sandbox(VisionOneSimulator visionOne, ServiceNowSimulator serviceNow, SimulatedCloud cloud, Path folder) {
        this.visionOne = visionOne;
        this.serviceNow = serviceNow;
        this.cloud = cloud;
        this.folder = folder;
    }

    /** @param folder where scan files are dropped; made if it is not there */
    public static Sandbox start(long seed, Path folder, Clock clock) {
        VisionOneSimulator visionOne =
                VisionOneSimulator.start(Options.defaults().withSeed(seed).withClock(clock));
        ServiceNowSimulator serviceNow = ServiceNowSimulator.start(
                ServiceNowSimulator.Options.defaults().withSeed(seed).withClock(clock));
        Sandbox sandbox = new Sandbox(visionOne, serviceNow, SimulatedCloud.ofUsualSize(seed, clock), folder);
        sandbox.dropScan();
        return sandbox;
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

    /** Settings that point ticketbridge at the simulators. */
    public Map<String, String> properties() {
        Credentials credentials = serviceNow.credentials();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ticketbridge.vision-one.url", visionOne.url());
        properties.put("ticketbridge.vision-one.token", visionOne.token());
        properties.put("ticketbridge.servicenow.url", serviceNow.url());
        properties.put("ticketbridge.servicenow.auth", "oauth-client-credentials");
        properties.put("ticketbridge.servicenow.client-id", credentials.clientId());
        properties.put("ticketbridge.servicenow.client-secret", credentials.clientSecret());
        properties.put("ticketbridge.flow.cases.source", "vision-one-cases");
        properties.put("ticketbridge.flow.cases.profile", "case-incident");
        properties.put("ticketbridge.flow.compliance.source", "files");
        properties.put("ticketbridge.flow.compliance.folder", folder.toString());
        properties.put("ticketbridge.flow.compliance.group-by", "control");
        properties.put("ticketbridge.flow.compliance.profile", "compliance-incident");
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

    public SimulatedCloud cloud() {
        return cloud;
    }

    @Override
    public void close() {
        visionOne.close();
        serviceNow.close();
    }
}
