package io.ticketbridge.config;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes records of values. What is missing stays empty; {@link Completeness} has the say on that. */
final class Binding {
    private final Values values;
    private final Path folder;

    /** @param folder of the settings, in which files that they name are looked for */
    Binding(Values values, Path folder) {
        this.values = values;
        this.folder = folder;
    }

    RetentionSettings retention() {
        return new RetentionSettings(
                values.get(SystemKeys.RETENTION_FINDINGS),
                values.get(SystemKeys.RETENTION_RUNS),
                values.get(SystemKeys.RETENTION_DEAD_LETTERS));
    }

    HttpSettings http() {
        return new HttpSettings(
                values.get(SystemKeys.HTTP_HOST),
                values.get(SystemKeys.HTTP_MANAGEMENT_PORT),
                values.get(SystemKeys.HTTP_ENABLED),
                values.get(SystemKeys.HTTP_PORT),
                values.get(SystemKeys.HTTP_USER),
                values.secret(SystemKeys.HTTP_PASSWORD),
                values.get(SystemKeys.HTTP_INTAKE_MAX_SIZE),
                values.get(SystemKeys.HTTP_INTAKE_REQUESTS_PER_MINUTE));
    }

    DatabaseSettings database() {
        return new DatabaseSettings(
                values.get(SystemKeys.DATABASE_URL),
                values.text(SystemKeys.DATABASE_USER),
                values.secret(SystemKeys.DATABASE_PASSWORD),
                values.get(SystemKeys.DATABASE_POOL_SIZE));
    }

    KafkaSettings kafka() {
        List<String> brokers = values.get(KafkaKeys.BROKERS);
        return new KafkaSettings(
                brokers == null ? List.of() : brokers,
                values.get(KafkaKeys.TOPIC),
                values.get(KafkaKeys.PARTITIONS),
                values.get(KafkaKeys.GROUP),
                values.get(KafkaKeys.BATCH),
                values.get(KafkaKeys.PATIENCE),
                values.get(KafkaKeys.SECURITY),
                values.get(KafkaKeys.SIGN_IN),
                values.text(KafkaKeys.USER),
                values.secret(KafkaKeys.PASSWORD),
                network("kafka"));
    }

    ServiceNowSettings serviceNow() {
        URI url = values.get(SystemKeys.SERVICENOW_URL);
        URI tokenUrl = values.get(SystemKeys.SERVICENOW_TOKEN_URL);
        return new ServiceNowSettings(
                url,
                values.get(SystemKeys.SERVICENOW_AUTH),
                values.text(SystemKeys.SERVICENOW_USER),
                values.secret(SystemKeys.SERVICENOW_PASSWORD),
                values.text(SystemKeys.SERVICENOW_CLIENT_ID),
                values.secret(SystemKeys.SERVICENOW_CLIENT_SECRET),
                tokenUrl == null && url != null ? URI.create(url + "/oauth_token.do") : tokenUrl,
                values.text(SystemKeys.SERVICENOW_SCOPE),
                values.secret(SystemKeys.SERVICENOW_API_KEY),
                values.text(SystemKeys.SERVICENOW_GROUP_SYS_ID),
                values.text(SystemKeys.SERVICENOW_USER_SYS_ID),
                number(SystemKeys.SERVICENOW_REQUESTS_PER_HOUR),
                values.get(SystemKeys.SERVICENOW_CONNECT_TIMEOUT),
                values.get(SystemKeys.SERVICENOW_REQUEST_TIMEOUT),
                values.get(SystemKeys.SERVICENOW_MAX_ATTACHMENT_SIZE),
                values.get(SystemKeys.SERVICENOW_DELIVERIES),
                network("servicenow"));
    }

    Map<String, VisionOneSettings> visionOne() {
        return byName(
                SystemKeys.VISION_ONE_URL,
                name -> new VisionOneSettings(
                        name,
                        values.get(SystemKeys.VISION_ONE_URL, name),
                        values.secret(SystemKeys.VISION_ONE_TOKEN, name),
                        values.get(SystemKeys.VISION_ONE_REQUEST_TIMEOUT, name),
                        values.get(SystemKeys.VISION_ONE_CLOUD_POSTURE_PATH, name),
                        values.get(SystemKeys.VISION_ONE_CLOUD_POSTURE_QUERY_LIMIT, name),
                        network("vision-one", name)));
    }

    Map<String, SccSettings> scc() {
        return byName(
                SystemKeys.SCC_URL,
                name -> new SccSettings(
                        name,
                        values.get(SystemKeys.SCC_URL, name),
                        values.get(SystemKeys.SCC_IAM_URL, name),
                        values.secret(SystemKeys.SCC_API_KEY, name),
                        values.get(SystemKeys.SCC_REQUEST_TIMEOUT, name),
                        network("scc", name)));
    }

    Map<String, ApiSettings> api() {
        return byName(
                ApiKeys.API_URL,
                name -> new ApiSettings(
                        name,
                        values.get(ApiKeys.API_URL, name),
                        values.get(ApiKeys.API_AUTH, name),
                        values.secret(ApiKeys.API_TOKEN, name),
                        values.text(ApiKeys.API_USER, name),
                        values.secret(ApiKeys.API_PASSWORD, name),
                        values.secret(ApiKeys.API_API_KEY, name),
                        values.text(ApiKeys.API_API_KEY_HEADER, name),
                        values.text(ApiKeys.API_API_KEY_PARAMETER, name),
                        values.text(ApiKeys.API_CLIENT_ID, name),
                        values.secret(ApiKeys.API_CLIENT_SECRET, name),
                        values.get(ApiKeys.API_CLIENT_SECRET_IN, name),
                        values.get(ApiKeys.API_TOKEN_URL, name),
                        values.text(ApiKeys.API_SCOPE, name),
                        values.get(ApiKeys.API_REQUEST_TIMEOUT, name),
                        network("api", name)));
    }

    Map<String, WorkloadProtectionSettings> workloadProtection() {
        return byName(
                SystemKeys.WORKLOAD_PROTECTION_URL,
                name -> new WorkloadProtectionSettings(
                        name,
                        values.get(SystemKeys.WORKLOAD_PROTECTION_URL, name),
                        values.get(SystemKeys.WORKLOAD_PROTECTION_IAM_URL, name),
                        values.secret(SystemKeys.WORKLOAD_PROTECTION_API_KEY, name),
                        values.text(SystemKeys.WORKLOAD_PROTECTION_INSTANCE_ID, name),
                        values.secret(SystemKeys.WORKLOAD_PROTECTION_TOKEN, name),
                        values.get(SystemKeys.WORKLOAD_PROTECTION_REQUEST_TIMEOUT, name),
                        network("workload-protection", name)));
    }

    /** For what is no system of the catalogue's: an address in a route of the user's own. */
    NetworkSettings network() {
        return network(NetworkKeys.COMMON);
    }

    private NetworkSettings network(String section, String... at) {
        NetworkKeys keys = NetworkKeys.of(section);
        NetworkKeys common = NetworkKeys.of(NetworkKeys.COMMON);
        NetworkSettings.Proxy proxy = either(keys.proxy, common.proxy, at);
        String user = either(keys.proxyUser, common.proxyUser, at);
        Secret password = either(keys.proxyPassword, common.proxyPassword, at);
        List<String> noProxy = either(keys.noProxy, common.noProxy, at);
        Path certificate = either(keys.clientCertificate, common.clientCertificate, at);
        // A certificate and its key belong together, so they come from the same place.
        boolean own = values.get(keys.clientCertificate, at) != null;
        Path key = own ? values.get(keys.clientKey, at) : values.get(common.clientKey);
        Secret keyPassword = own ? values.get(keys.clientKeyPassword, at) : values.get(common.clientKeyPassword);
        return new NetworkSettings(
                keys.tlsVerify.at(at).replaceFirst("\\.tls-verify$", ""),
                Optional.ofNullable(proxy)
                        .filter(some -> some.port() > 0)
                        .map(some -> some.as(user == null ? "" : user, password == null ? Secret.NONE : password)),
                noProxy == null ? List.of() : noProxy,
                Optional.ofNullable(either(keys.caFile, common.caFile, at)),
                Optional.ofNullable(certificate),
                Optional.ofNullable(key),
                keyPassword == null ? Secret.NONE : keyPassword,
                either(keys.tlsVerify, common.tlsVerify, at));
    }

    private <T> T either(Key<T> own, Key<T> common, String... at) {
        T value = values.get(own, at);
        return value == null ? values.get(common) : value;
    }

    /** Flows whose source is known. */
    Map<String, FlowSettings> flows() {
        Map<String, FlowSettings> flows = byName(FlowKeys.FLOW_SOURCE, this::flow);
        flows.values().removeIf(flow -> flow.source() == null);
        return flows;
    }

    private FlowSettings flow(String name) {
        SourceKind source = values.get(FlowKeys.FLOW_SOURCE, name);
        Poll poll = values.get(FlowKeys.FLOW_POLL, name);
        return new FlowSettings(
                name,
                source,
                values.text(FlowKeys.FLOW_INSTANCE, name),
                values.text(FlowKeys.FLOW_PROFILE, name),
                values.get(FlowKeys.FLOW_ENABLED, name),
                poll == null ? new Poll.Every(usualPeriod(source)) : poll,
                values.text(FlowKeys.FLOW_FILTER, name),
                values.text(FlowKeys.FLOW_SOURCE_FILTER, name),
                Optional.ofNullable(values.get(FlowKeys.FLOW_FOLDER, name)),
                values.secret(FlowKeys.FLOW_TOKEN, name),
                values.secret(FlowKeys.FLOW_HMAC_SECRET, name),
                Optional.ofNullable(values.get(FlowKeys.FLOW_MAPPING, name))
                        .map(file -> folder.resolve(FlowKeys.MAPPINGS).resolve(file)),
                values.text(FlowKeys.FLOW_POLL_ROUTE, name),
                source != null && source.isCompliance() ? values.get(FlowKeys.FLOW_GROUP_BY, name) : List.of(),
                values.text(FlowKeys.FLOW_CONTROL, name),
                controlMap(name),
                values.text(FlowKeys.FLOW_NEW_TICKET_WHEN_STATUS, name),
                number(FlowKeys.FLOW_NEW_TICKET_AFTER_DAYS, name),
                onRecurrence(name, source),
                values.get(FlowKeys.FLOW_RESOLVE_WHEN_FIXED, name),
                values.get(FlowKeys.FLOW_BASELINE, name),
                values.get(FlowKeys.FLOW_MAX_NEW_TICKETS_PER_RUN, name),
                values.get(FlowKeys.FLOW_MAX_CLOSURES_PER_RUN, name),
                number(FlowKeys.FLOW_MAX_NEW_TICKETS_PER_HOUR, name),
                values.get(FlowKeys.FLOW_STORM_TICKET, name),
                values.get(FlowKeys.FLOW_ALL_DELETED, name),
                source != null && !source.isCompliance() && values.get(FlowKeys.FLOW_SYNC_BACK, name),
                owners(name),
                values.get(FlowKeys.FLOW_ON_IDLE_CLOSURE, name),
                values.get(FlowKeys.FLOW_RECONCILE, name));
    }

    private OptionalInt number(Key<Integer> key, String... at) {
        Integer number = values.get(key, at);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Duration usualPeriod(SourceKind source) {
        if (source == SourceKind.FILES) {
            return Duration.ofMinutes(1);
        }
        if (source == SourceKind.HTTP) {
            return Duration.ofMinutes(5);
        }
        return source == null || source.isCompliance() ? Duration.ofHours(1) : Duration.ofMinutes(5);
    }

    Map<String, ProfileSettings> profiles() {
        return byName(ProfileKeys.PROFILE_TABLE, this::profile);
    }

    private ControlMap controlMap(String flow) {
        Path file = values.get(FlowKeys.FLOW_CONTROL_MAP, flow);
        return file == null
                ? ControlMap.NONE
                : ControlMapFile.read(folder.resolve(file), FlowKeys.FLOW_CONTROL_MAP.at(flow), values.problems());
    }

    private ProfileSettings profile(String name) {
        Map<Severity, Map<String, String>> severity = new EnumMap<>(Severity.class);
        for (Severity level : Severity.values()) {
            Map<String, String> columns = values.endings(ProfileKeys.PROFILE_SEVERITY, name, Words.of(level));
            if (!columns.isEmpty()) {
                severity.put(level, columns);
            }
        }
        return new ProfileSettings(
                name,
                values.text(ProfileKeys.PROFILE_TABLE, name),
                firstOf(
                        values.text(ProfileKeys.PROFILE_ASSIGNMENT_GROUP, name),
                        values.text(SystemKeys.SERVICENOW_GROUP_SYS_ID)),
                firstOf(
                        values.text(ProfileKeys.PROFILE_ASSIGNED_TO, name),
                        values.text(SystemKeys.SERVICENOW_USER_SYS_ID)),
                values.text(ProfileKeys.PROFILE_CALLER, name),
                values.endings(ProfileKeys.PROFILE_FIELD, name),
                values.endings(ProfileKeys.PROFILE_ON_OPEN, name),
                values.endings(ProfileKeys.PROFILE_ON_UPDATE, name),
                values.endings(ProfileKeys.PROFILE_ON_RESOLVE, name),
                severity,
                values.get(ProfileKeys.PROFILE_MAX_RESOURCES_IN_TEXT, name),
                values.text(ProfileKeys.PROFILE_ADOPT_QUERY, name),
                acceptedRisk(name),
                syncMaps(name));
    }

    private AcceptedRisk acceptedRisk(String profile) {
        List<String> closeCodes = values.get(ProfileKeys.PROFILE_ACCEPTED_CLOSE_CODE, profile);
        return new AcceptedRisk(
                closeCodes == null ? List.of() : closeCodes,
                Optional.ofNullable(values.get(ProfileKeys.PROFILE_ACCEPTED_UNTIL_FIELD, profile)),
                number(ProfileKeys.PROFILE_ACCEPTED_DAYS, profile));
    }

    private SyncMaps syncMaps(String profile) {
        String table = values.text(ProfileKeys.PROFILE_TABLE, profile);
        Map<SyncField, Map<String, List<String>>> lists = new EnumMap<>(SyncField.class);
        ProfileKeys.SYNC.forEach((field, key) -> {
            Map<String, List<String>> own = values.endings(key, profile);
            Map<String, List<String>> shipped = SyncDefaults.lists(table, field);
            Map<String, List<String>> byWord = new LinkedHashMap<>();
            for (String word : key.words()) {
                List<String> list = own.getOrDefault(word, shipped.get(word));
                if (list != null) {
                    byWord.put(word, list);
                }
            }
            lists.put(field, byWord);
        });
        return new SyncMaps(lists);
    }

    private Map<SyncField, Side> owners(String flow) {
        Map<String, Side> own = values.endings(FlowKeys.FLOW_OWNER, flow);
        Map<SyncField, Side> owners = new EnumMap<>(SyncField.class);
        for (SyncField field : SyncField.values()) {
            boolean text = field == SyncField.NAME || field == SyncField.DESCRIPTION;
            owners.put(field, own.getOrDefault(field.toString(), text ? Side.VISION_ONE : Side.SERVICENOW));
        }
        return owners;
    }

    /** A case or alert that comes back is the same event: its ticket is reopened, unless the flow says otherwise. */
    private OnRecurrence onRecurrence(String name, SourceKind source) {
        OnRecurrence set = values.get(FlowKeys.FLOW_ON_RECURRENCE, name);
        if (set != null) {
            return set;
        }
        return source != null && !source.isCompliance() ? OnRecurrence.REOPEN : OnRecurrence.NEW_TICKET;
    }

    private <T> Map<String, T> byName(Key<?> key, Function<String, T> make) {
        Map<String, T> all = new TreeMap<>();
        values.names(key.section()).forEach(name -> all.put(name, make.apply(name)));
        return all;
    }

    private static String firstOf(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
