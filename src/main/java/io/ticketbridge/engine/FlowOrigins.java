package io.ticketbridge.engine;

import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.config.WorkloadProtectionSettings;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.identity.Origins;
import io.ticketbridge.source.api.Apis;
import io.ticketbridge.source.visionone.CloudPosture;
import io.ticketbridge.source.visionone.VisionOne;
import io.ticketbridge.source.workloadprotection.WorkloadProtection;
import java.net.URI;
import java.util.Optional;

/** Says to the ledger which system each flow reads, by the settings. */
final class FlowOrigins implements Origins {
    private final Settings settings;
    private final Apis apis;

    FlowOrigins(Settings settings, Apis apis) {
        this.settings = settings;
        this.apis = apis;
    }

    @Override
    public Origin of(String name) {
        FlowSettings flow = settings.flows().get(name);
        if (flow == null) {
            return null;
        }
        return switch (flow.source()) {
            case VISION_ONE_CASES, VISION_ONE_ALERTS ->
                VisionOne.origin(flow, settings.visionOne().get(flow.instance()));
            case CLOUD_POSTURE -> CloudPosture.origin(flow, settings.visionOne().get(flow.instance()));
            case WORKLOAD_PROTECTION ->
                WorkloadProtection.origin(flow, settings.workloadProtection().get(flow.instance()));
            case API -> apis.origin(flow, settings.api().get(flow.instance()));
            case SCC ->
                byContent(
                        SourceKind.SCC,
                        flow.instance(),
                        String.valueOf(settings.scc().get(flow.instance()).url()));
            // The same reports, whichever way they come.
            case FILES, HTTP -> byContent(SourceKind.FILES, "", "");
        };
    }

    /** Where what is read says itself which scope it is of. */
    private static Origin byContent(SourceKind source, String instance, String address) {
        return new Origin(source.toString(), instance, "", Digest.of(address), "");
    }

    @Override
    public boolean isNameTaken(Origin origin) {
        return address(origin.source(), origin.instance()).isPresent();
    }

    /** The instance without a name is there whether or not anything is set of it. */
    private Optional<URI> address(String source, String instance) {
        if (source.equals(SourceKind.API.toString())) {
            return Optional.ofNullable(settings.api().get(instance)).map(ApiSettings::url);
        }
        return source.equals(SourceKind.WORKLOAD_PROTECTION.toString())
                ? Optional.ofNullable(settings.workloadProtection().get(instance))
                        .map(WorkloadProtectionSettings::url)
                : Optional.ofNullable(settings.visionOne().get(instance)).map(VisionOneSettings::url);
    }

    @Override
    public boolean isFormerGone(String flow) {
        return settings.flows().get(flow).formerSourceGone();
    }
}
