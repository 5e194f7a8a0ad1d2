package io.ticketbridge.check;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.fault.Checked;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Whether Vision One and folders can be read (vision-one.md, section 1). Reads only. */
public final class SourceChecks {
    private final Clock clock;

    public SourceChecks(Clock clock) {
        this.clock = clock;
    }

    /** Asks as the flow does, with its own filter. */
    public List<Checked> visionOne(VisionOneSettings tenant, String path, FlowSettings flow) {
        String system = "vision-one" + suffix(tenant.name());
        String prefix = "ticketbridge." + system;
        List<Checked> found = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tenant.url() + path))
                .header("Authorization", "Bearer " + tenant.token().reveal());
        if (!flow.sourceFilter().isEmpty()) {
            request.header("TMV1-Filter", flow.sourceFilter());
        }
        new Reach(tenant.network(), clock)
                .get(system, prefix + ".url", request, found)
                .ifPresent(answer -> {
                    switch (answer.statusCode()) {
                        case 200 ->
                            found.add(Checked.ok(
                                    system,
                                    "token",
                                    flow.syncBack()
                                            ? "it may read; whether it may also write is only seen by writing"
                                            : "it may read"));
                        case 401 -> found.add(unknown(system, prefix));
                        case 403 ->
                            found.add(Checked.problem(
                                    system,
                                    "token",
                                    "the token's role may not read this",
                                    "give the API key's role " + rights(flow)));
                        default ->
                            found.add(
                                    answer.statusCode() == 400
                                                    && !flow.sourceFilter().isEmpty()
                                            ? filter(system, flow)
                                            : unexpected(system, prefix + ".url", answer));
                    }
                });
        return found;
    }

    /** In the words of Vision One's console. */
    private static String rights(FlowSettings flow) {
        boolean cases = flow.source() == SourceKind.VISION_ONE_CASES;
        String reads = cases ? "Case Management: View" : "Workbench: View, filter, and search";
        String writes = cases ? "Edit case and assign owners" : "Modify alert details";
        return reads + (flow.syncBack() ? "; and, as sync-back writes, " + writes : "");
    }

    private static Checked filter(String system, FlowSettings flow) {
        return Checked.problem(
                system,
                "filter of " + flow.name(),
                "it answers 400 where it is asked with the flow's filter",
                "correct ticketbridge.flow." + flow.name() + ".source-filter: mind fields, operators and quotes");
    }

    static Checked unknown(String system, String prefix) {
        return Checked.problem(
                system,
                "token",
                "the token is not known there, or has expired",
                "make a new API key in Vision One, set " + prefix + ".token to it, and check that " + prefix
                        + ".url is the tenant's region");
    }

    /** @param folder of a flow with source=files */
    public List<Checked> folder(FlowSettings flow, Path folder) {
        String property = "ticketbridge.flow." + flow.name() + ".folder";
        if (!Files.isDirectory(folder)) {
            return List.of(Checked.problem(
                    "files", flow.name(), "there is no folder " + folder, "make it, or change " + property));
        }
        if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
            return List.of(Checked.problem(
                    "files",
                    flow.name(),
                    folder + " can't be read and written",
                    "give the process both rights: a file that was read is moved to .done there"));
        }
        for (String moved : List.of(".done", ".error")) {
            Path target = folder.resolve(moved);
            if (Files.exists(target) && !(Files.isDirectory(target) && Files.isWritable(target))) {
                return List.of(Checked.problem(
                        "files",
                        flow.name(),
                        "files that were read can't be moved to " + target,
                        "give the process the right to write it; a command that ran as another user has made it"));
            }
        }
        return List.of(Checked.ok("files", flow.name(), folder + " can be read"));
    }

    static Checked unexpected(String system, String property, HttpResponse<String> answer) {
        return Checked.problem(
                system,
                "answer",
                answer.uri().getPath() + " answers " + answer.statusCode(),
                "check that " + property + " is the address of the API");
    }

    static String suffix(String instance) {
        return instance.equals("default") ? "" : "." + instance;
    }
}
