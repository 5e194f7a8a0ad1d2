package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Poll;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** The instances of the route templates: one of each kind per flow that is enabled. */
final class FlowRoutes {

    /** @param template the template's id, of which the flow's route is an instance */
    record Instance(String template, String routeId, Map<String, String> parameters) {}

    private static final List<String> SYNC = List.of(
            "sync-pair",
            "read-source",
            "call-vision-one",
            "write-source",
            "write-fields",
            "write-note",
            "write-file",
            "fetch-file",
            "reconcile-flow");

    /** The sources whose calls may need a token, with the setting that says where it comes from. */
    private static final Map<SourceKind, String> TOKEN_URLS =
            Map.of(SourceKind.API, "token-url", SourceKind.SCC, "iam-url", SourceKind.WORKLOAD_PROTECTION, "iam-url");

    private FlowRoutes() {}

    static List<Instance> of(Settings settings, boolean scheduled) {
        List<Instance> instances = new ArrayList<>();
        for (FlowSettings flow : settings.flows().values()) {
            if (isPolled(flow)) {
                source(flow).forEach(template -> instances.add(instance(template, flow)));
                instances.add(instance("run-flow", flow));
            }
            if (flow.enabled() && flow.syncBack()) {
                SYNC.forEach(template -> instances.add(instance(template, flow)));
            }
        }
        boolean publishes = scheduled && settings.kafka().isOn();
        if (publishes) {
            instances.add(new Instance("publish-findings", "publish-findings", Map.of()));
            instances.add(new Instance("take-findings", "take-findings", Map.of()));
        }
        if (scheduled) {
            // Last, so that nothing polls before everything else runs.
            settings.flows().values().stream().filter(FlowRoutes::isPolled).forEach(flow -> {
                instances.add(instance("schedule-flow", flow));
                if (flow.syncBack()) {
                    instances.add(instance("schedule-reconciling-flow", flow));
                }
            });
            if (isSentTo(settings)) {
                instances.add(new Instance("serve-intake", "serve-intake", Map.of()));
            }
            if (settings.http().enabled()) {
                instances.add(new Instance("serve-console", "serve-console", Map.of()));
            }
        }
        return instances;
    }

    /** How many kinds of passes the schedule makes: polls, and comparisons of both sides. */
    static int passes(Settings settings) {
        return (int) of(settings, true).stream()
                .filter(instance -> instance.template().startsWith("schedule-"))
                .count();
    }

    private static List<String> source(FlowSettings flow) {
        return switch (flow.source()) {
            case VISION_ONE_CASES, VISION_ONE_ALERTS ->
                List.of(
                        "poll-vision-one",
                        "read-vision-one-backlog",
                        "read-vision-one-page",
                        "read-vision-one-notes",
                        "get-vision-one");
            case CLOUD_POSTURE -> List.of("poll-cloud-posture", "read-cloud-posture-account", "get-vision-one");
            case FILES -> List.of("poll-findings-files");
            case HTTP -> List.of("poll-intake");
            case API -> withToken(flow.pollRoute(), "call-api", "get-api");
            case SCC -> withToken("poll-scc", "read-scc-report", "get-scc");
            case WORKLOAD_PROTECTION ->
                withToken(
                        "poll-workload-protection",
                        "read-workload-protection-lists",
                        "call-workload-protection",
                        "get-workload-protection");
            default -> throw new IllegalStateException("No route template reads " + flow.source());
        };
    }

    private static List<String> withToken(String... routes) {
        return Stream.concat(Stream.of(routes), Stream.of("send-signed", "fetch-token", "request-token"))
                .toList();
    }

    /** A template takes what it declares; Camel passes over the rest. */
    private static Instance instance(String template, FlowSettings flow) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("flow", flow.name());
        parameters.put("instance", flow.instance());
        parameters.put("items", flow.source() == SourceKind.VISION_ONE_ALERTS ? "alerts" : "cases");
        if (TOKEN_URLS.containsKey(flow.source())) {
            parameters.put("tokens", flow.source() == SourceKind.API ? "apiTokens" : "iamTokens");
            parameters.put("token-server", tokenServer(flow));
            parameters.put("client", flow.source() + "-" + flow.instance());
        }
        flow.folder().ifPresent(folder -> parameters.put("folder", folder.toString()));
        if (template.equals("schedule-flow")) {
            parameters.put("trigger", trigger(flow.poll()));
        } else if (template.equals("schedule-reconciling-flow")) {
            parameters.put("trigger", trigger(flow.reconcile()));
        }
        return new Instance(template, template + "-" + flow.name(), parameters);
    }

    private static String tokenServer(FlowSettings flow) {
        return "{{ticketbridge." + flow.source() + "." + flow.instance() + "." + TOKEN_URLS.get(flow.source()) + "}}";
    }

    private static String trigger(Poll poll) {
        // Stateful: a flow that takes longer than its period does not overtake itself. Recoverable: what a replica was
        // at when it
        // died is begun anew by another, at once.
        return "stateful=true&recoverableJob=true&"
                + (poll instanceof Poll.Every every
                        ? "trigger.repeatInterval=" + every.period().toMillis() + "&trigger.repeatCount=-1"
                        : "trigger.timeZone=UTC&cron=" + poll.toString().replace(' ', '+'));
    }

    /** Whether there is a flow to which others send. */
    static boolean isSentTo(Settings settings) {
        return settings.flows().values().stream().anyMatch(flow -> flow.enabled() && flow.isSent());
    }

    static boolean isPolled(FlowSettings flow) {
        return flow.enabled()
                && (flow.source() != SourceKind.FILES || flow.folder().isPresent());
    }

    static void add(CamelContext context, Instance instance) {
        TemplatedRouteBuilder builder = TemplatedRouteBuilder.builder(context, instance.template())
                .routeId(instance.routeId())
                .prefixId(instance.parameters().get("flow"));
        instance.parameters().forEach(builder::parameter);
        builder.add();
    }
}
