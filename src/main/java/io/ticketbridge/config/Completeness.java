package io.ticketbridge.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that the enabled flows have all that they need. */
final class Completeness {
    /** Shorter ones are guessed in time. */
    private static final int SHORTEST_CREDENTIAL = 16;

    private static final Map<Auth, List<Key<?>>> CREDENTIALS = Map.of(
            Auth.OAUTH_CLIENT_CREDENTIALS,
            List.of(SystemKeys.SERVICENOW_CLIENT_ID, SystemKeys.SERVICENOW_CLIENT_SECRET),
            Auth.OAUTH_PASSWORD,
            List.of(
                    SystemKeys.SERVICENOW_CLIENT_ID,
                    SystemKeys.SERVICENOW_CLIENT_SECRET,
                    SystemKeys.SERVICENOW_USER,
                    SystemKeys.SERVICENOW_PASSWORD),
            Auth.BASIC,
            List.of(SystemKeys.SERVICENOW_USER, SystemKeys.SERVICENOW_PASSWORD),
            Auth.API_KEY,
            List.of(SystemKeys.SERVICENOW_API_KEY));

    private final Values values;
    private final Problems problems;

    Completeness(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    void check(Map<String, FlowSettings> flows) {
        for (String name : values.names("flow")) {
            if (!values.has(FlowKeys.FLOW_SOURCE, name)) {
                problems.missing(FlowKeys.FLOW_SOURCE.at(name), "", "set it to one of " + sources());
            }
        }
        for (String name : values.names("profile")) {
            if (!values.has(ProfileKeys.PROFILE_TABLE, name)) {
                problems.missing(ProfileKeys.PROFILE_TABLE.at(name), "", "set it to the name of a table, incident say");
            }
            checkAcceptedRisk(name);
        }
        List<FlowSettings> enabled =
                flows.values().stream().filter(FlowSettings::enabled).toList();
        enabled.forEach(this::checkFlow);
        if (!enabled.isEmpty()) {
            checkServiceNow();
        }
        checkConsole();
        checkKafka();
    }

    private void checkKafka() {
        List<String> brokers = values.get(KafkaKeys.BROKERS);
        if (brokers == null || brokers.isEmpty()) {
            return;
        }
        brokers.stream()
                .filter(broker -> !broker.matches("[^\\s:/]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}"))
                .forEach(broker -> problems.add(
                        KafkaKeys.BROKERS.at(),
                        "must be hosts with their ports, was " + Masked.value(broker),
                        "write them like " + KafkaKeys.BROKERS.example()));
        String topic = values.get(KafkaKeys.TOPIC);
        if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
            problems.add(
                    KafkaKeys.TOPIC.at(),
                    "must have letters, digits, dots, underscores and hyphens only, was " + Masked.value(topic),
                    "write it like " + KafkaKeys.TOPIC.fallback());
        }
        if (values.get(KafkaKeys.SECURITY).signsIn()) {
            String written = KafkaKeys.SECURITY.at() + "=" + values.get(KafkaKeys.SECURITY);
            require(KafkaKeys.USER, written + " needs it");
            require(KafkaKeys.PASSWORD, written + " needs it");
        }
    }

    /** Which tickets are meant is said by their close code; without one nothing else would do anything. */
    private void checkAcceptedRisk(String profile) {
        boolean has = Stream.of(ProfileKeys.PROFILE_ACCEPTED_UNTIL_FIELD, ProfileKeys.PROFILE_ACCEPTED_DAYS)
                .anyMatch(key -> values.has(key, profile));
        if (has) {
            require(
                    ProfileKeys.PROFILE_ACCEPTED_CLOSE_CODE,
                    "the profile's other accepted-risk settings need it",
                    profile);
        }
    }

    /** Whoever reaches the console may release and replay, so beyond this machine it has to ask who it is (P39). */
    private void checkConsole() {
        String host = values.get(SystemKeys.HTTP_HOST);
        if (values.get(SystemKeys.HTTP_ENABLED) && !HttpSettings.isLoopback(host)) {
            require(
                    SystemKeys.HTTP_PASSWORD,
                    "others can reach the console at " + SystemKeys.HTTP_HOST.at() + "=" + Masked.value(host));
        }
    }

    private void checkFlow(FlowSettings flow) {
        checkProfile(flow);
        switch (flow.source()) {
            case VISION_ONE_CASES, VISION_ONE_ALERTS, CLOUD_POSTURE ->
                checkInstance(flow, SystemKeys.VISION_ONE_URL, SystemKeys.VISION_ONE_TOKEN);
            case SCC -> checkInstance(flow, SystemKeys.SCC_URL, SystemKeys.SCC_API_KEY);
            case HTTP -> checkSenders(flow);
            case API -> checkApi(flow);
            case WORKLOAD_PROTECTION -> {
                if (checkInstance(flow, SystemKeys.WORKLOAD_PROTECTION_URL)) {
                    checkSignIn(flow.instance());
                }
            }
            default -> {}
        }
    }

    /** Whoever may send findings opens and closes tickets, so nobody is taken at his word, on loopback neither (P39). */
    private void checkSenders(FlowSettings flow) {
        if (flow.token().isEmpty() && flow.hmacSecret().isEmpty()) {
            String token = FlowKeys.FLOW_TOKEN.at(flow.name());
            problems.missing(
                    token,
                    "senders to flow " + flow.name() + " have to show who they are",
                    "set " + Key.environmentName(token) + ", or " + FlowKeys.FLOW_HMAC_SECRET.at(flow.name())
                            + " for senders that sign");
        }
        checkLength(FlowKeys.FLOW_TOKEN.at(flow.name()), flow.token());
        checkLength(FlowKeys.FLOW_HMAC_SECRET.at(flow.name()), flow.hmacSecret());
    }

    private void checkLength(String property, Secret secret) {
        if (!secret.isEmpty() && secret.reveal().length() < SHORTEST_CREDENTIAL) {
            problems.add(
                    property,
                    "must have at least " + SHORTEST_CREDENTIAL + " characters",
                    "make one with openssl rand -hex 32");
        }
    }

    /** Through IAM it takes two settings, with a token of Sysdig's own one, and not both. */
    private void checkSignIn(String instance) {
        String token = SystemKeys.WORKLOAD_PROTECTION_TOKEN.at(instance);
        String apiKey = SystemKeys.WORKLOAD_PROTECTION_API_KEY.at(instance);
        String instanceId = SystemKeys.WORKLOAD_PROTECTION_INSTANCE_ID.at(instance);
        boolean hasKey = values.has(SystemKeys.WORKLOAD_PROTECTION_API_KEY, instance);
        boolean hasId = values.has(SystemKeys.WORKLOAD_PROTECTION_INSTANCE_ID, instance);
        if (values.has(SystemKeys.WORKLOAD_PROTECTION_TOKEN, instance)) {
            if (hasKey || hasId) {
                problems.add(
                        token,
                        "must not be set together with " + (hasKey ? apiKey : instanceId),
                        "on IBM Cloud keep " + apiKey + " and " + instanceId + ", elsewhere the token");
            }
        } else if (!hasKey) {
            problems.missing(
                    apiKey,
                    "and so is " + token,
                    "set " + apiKey + " and " + instanceId + ", or else " + token + "; " + Key.environmentName(apiKey)
                            + " and a mounted file named in " + apiKey + ".file also do");
        } else if (!hasId) {
            require(SystemKeys.WORKLOAD_PROTECTION_INSTANCE_ID, "IBM Cloud wants it with " + apiKey, instance);
        }
    }

    private void checkProfile(FlowSettings flow) {
        String key = FlowKeys.FLOW_PROFILE.at(flow.name());
        TreeSet<String> profiles = new TreeSet<>(values.names("profile"));
        String define = "define a profile with ticketbridge.profile."
                + (flow.profile().isEmpty() ? "NAME" : flow.profile()) + ".table=incident";
        if (flow.profile().isEmpty()) {
            problems.missing(
                    key,
                    "",
                    profiles.isEmpty() ? define + " and name it" : "name one of " + String.join(", ", profiles));
        } else if (!profiles.contains(flow.profile())) {
            String remedy =
                    profiles.isEmpty() ? define : "write " + Nearest.to(flow.profile(), profiles) + " or " + define;
            problems.add(
                    key,
                    "must name a profile that exists",
                    flow.profile(),
                    origin(FlowKeys.FLOW_PROFILE, flow),
                    remedy);
        }
    }

    /** @return whether there is such an instance */
    private boolean checkInstance(FlowSettings flow, Key<?>... needed) {
        TreeSet<String> instances = new TreeSet<>(values.names(needed[0].section()));
        boolean named = values.has(FlowKeys.FLOW_INSTANCE, flow.name());
        if (!instances.contains(flow.instance()) && !instances.isEmpty()) {
            String key = FlowKeys.FLOW_INSTANCE.at(flow.name());
            if (named) {
                problems.add(
                        key,
                        "must name an instance that exists",
                        flow.instance(),
                        origin(FlowKeys.FLOW_INSTANCE, flow),
                        "write " + Nearest.to(flow.instance(), instances));
            } else {
                problems.missing(
                        key, "and there is no default instance", "name one of " + String.join(", ", instances));
            }
            return false;
        }
        for (Key<?> key : needed) {
            require(key, "flow " + flow.name() + " reads from it", flow.instance());
        }
        return true;
    }

    private void checkApi(FlowSettings flow) {
        if (flow.mapping().isEmpty() && !values.has(FlowKeys.FLOW_MAPPING, flow.name())) {
            problems.missing(
                    FlowKeys.FLOW_MAPPING.at(flow.name()),
                    "",
                    "name a file of " + FlowKeys.MAPPINGS + "/ beside application.properties, "
                            + FlowKeys.FLOW_MAPPING.example() + " say");
        }
        checkInstance(flow, ApiKeys.API_URL);
        if (!values.names("api").contains(flow.instance())) {
            return;
        }
        ApiAuth auth = values.get(ApiKeys.API_AUTH, flow.instance());
        String written = ApiKeys.API_AUTH.at(flow.instance());
        ApiKeys.CREDENTIALS.get(auth).forEach(key -> require(key, written + "=" + auth + " needs it", flow.instance()));
        if (auth == ApiAuth.NONE) {
            ApiKeys.CREDENTIALS.forEach((wanted, keys) -> keys.stream()
                    .filter(Key::isSecret)
                    .filter(key -> values.has(key, flow.instance()))
                    .forEach(key -> problems.add(
                            key.at(flow.instance()),
                            "is not used while " + written + "=none",
                            "set " + written + "=" + wanted + ", or remove it")));
        }
    }

    private void checkServiceNow() {
        require(SystemKeys.SERVICENOW_URL, "flows deliver there");
        Auth auth = values.get(SystemKeys.SERVICENOW_AUTH);
        CREDENTIALS.get(auth).forEach(key -> require(key, SystemKeys.SERVICENOW_AUTH.at() + "=" + auth + " needs it"));
    }

    private void require(Key<?> key, String why, String... at) {
        if (!values.has(key, at)) {
            String written = key.at(at);
            problems.missing(
                    written,
                    why,
                    key.isSecret()
                            ? "set " + Key.environmentName(written) + ", or mount a file and name it in " + written
                                    + ".file"
                            : "set it to the like of " + key.example());
        }
    }

    private String origin(Key<?> key, FlowSettings flow) {
        return values.written(key, flow.name()).origin();
    }

    private static String sources() {
        return Arrays.stream(SourceKind.values()).map(SourceKind::toString).collect(Collectors.joining(", "));
    }
}
