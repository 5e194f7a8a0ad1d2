package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.Delivery;
import io.ticketbridge.ledger.KnownHere;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.intake.FilesRead;
import io.ticketbridge.ledger.intake.Intakes;
import io.ticketbridge.ledger.intake.WaitingIntakes;
import io.ticketbridge.ledger.letter.DeadRecords;
import io.ticketbridge.source.IamTokens;
import io.ticketbridge.source.ReadAhead;
import io.ticketbridge.source.SourceFaults;
import io.ticketbridge.source.api.ApiTokens;
import io.ticketbridge.source.api.Apis;
import io.ticketbridge.source.api.Mappings;
import io.ticketbridge.source.files.FindingsFiles;
import io.ticketbridge.source.http.HttpIntake;
import io.ticketbridge.source.http.IntakeServer;
import io.ticketbridge.source.scc.SccReports;
import io.ticketbridge.source.visionone.CloudPosture;
import io.ticketbridge.source.visionone.PageReader;
import io.ticketbridge.source.visionone.VisionOne;
import io.ticketbridge.source.workloadprotection.WorkloadProtection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What reads the sources, and takes what they send. */
final class SourceBeans {
    final Watermarks watermarks;
    final DeadRecords deadRecords;
    final FindingsFiles findingsFiles;
    final WaitingIntakes waitingIntakes;
    final PassNow passNow;
    private final Surroundings around;
    private final ApiTokens apiTokens;
    final Apis apis;
    private final VisionOne visionOne;

    /** @param problems is told of every mapping that can't be used */
    SourceBeans(Surroundings around, List<String> problems) {
        this.around = around;
        Settings settings = around.settings();
        Clock clock = around.clock();
        watermarks = new Watermarks(around.database(), clock);
        findingsFiles = new FindingsFiles(
                new FilesRead(around.database(), clock),
                flow -> settings.flows().get(flow).complete(),
                around.planned() != null,
                clock);
        apiTokens = new ApiTokens(settings, clock);
        apis = new Apis(settings, new Mappings(settings, problems), apiTokens);
        visionOne = new VisionOne(settings, watermarks, new KnownHere(around.database()), around.own());
        deadRecords = new DeadRecords(flow -> rawReader(settings.flows().get(flow)));
        waitingIntakes = new WaitingIntakes(around.database(), around.owner(), clock);
        passNow = new PassNow(around.context());
    }

    /** Of what has to be asked over a network, only its pass knows. */
    boolean mayFind(String name) {
        FlowSettings flow = around.settings().flows().get(name);
        return switch (flow.source()) {
            case FILES -> flow.folder().map(findingsFiles::mayFind).orElse(true);
            case HTTP -> waitingIntakes.newest(name) > 0;
            default -> true;
        };
    }

    void bind() {
        Settings settings = around.settings();
        Clock clock = around.clock();
        around.bind("pageReader", new PageReader());
        around.bind("readAhead", new ReadAhead(around.context(), around.trail()));
        around.bind("sourceFaults", new SourceFaults(exchange -> Delivery.of(exchange) != null, clock));
        around.bind("findingsFiles", findingsFiles);
        around.bind("waitingIntakes", waitingIntakes);
        around.bind(
                "httpIntake",
                new HttpIntake(
                        settings,
                        new Intakes(around.database(), clock),
                        around.meters(),
                        around.masking()::masked,
                        clock));
        around.bind("intakeServer", new IntakeServer(around.context()));
        around.bind("passNow", passNow);
        IamTokens iamTokens = new IamTokens(settings, clock);
        around.bind("iamTokens", iamTokens);
        around.bind("sccReports", new SccReports(watermarks, iamTokens));
        around.bind("apiTokens", apiTokens);
        around.bind("apis", apis);
        around.bind("workloadProtection", new WorkloadProtection(settings, watermarks, iamTokens, clock));
        around.bind("visionOne", visionOne);
        around.bind("cloudPosture", new CloudPosture(settings, watermarks, clock));
        around.bind("deadRecords", deadRecords);
    }

    private Optional<DeadRecords.RawReader> rawReader(FlowSettings flow) {
        return switch (flow.source()) {
            case FILES, HTTP -> Optional.of(findingsFiles::reread);
            case VISION_ONE_CASES, VISION_ONE_ALERTS -> Optional.of(raw -> visionOne.reread(flow.name(), raw));
            case API -> Optional.of(raw -> apis.reread(flow.name(), raw));
            default -> Optional.empty();
        };
    }
}
