package io.ticketbridge.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Makes records of the values of each system. What is missing stays empty; {@link Completeness} has the say on that. */
final class SystemBinding {
    private final Values values;
    private final NetworkBinding networks;

    SystemBinding(Values values) {
        this.values = values;
        this.networks = new NetworkBinding(values);
    }

    HttpSettings http() {
        return new HttpSettings(
                values.get(SystemKeys.HTTP_HOST),
                values.get(SystemKeys.HTTP_MANAGEMENT_PORT),
                values.get(SystemKeys.HTTP_ENABLED),
                values.get(SystemKeys.HTTP_PORT),
                values.get(SystemKeys.HTTP_USER),
                values.secret(SystemKeys.HTTP_PASSWORD),
                values.get(SystemKeys.HTTP_INTAKE_MAX_SIZE));
    }

    DatabaseSettings database() {
        return new DatabaseSettings(
                values.get(SystemKeys.DATABASE_URL),
                values.text(SystemKeys.DATABASE_USER),
                values.secret(SystemKeys.DATABASE_PASSWORD),
                values.get(SystemKeys.DATABASE_POOL_SIZE));
    }

    /** For what is no system of the catalogue's: an address in a route of the user's own. */
    NetworkSettings network() {
        return networks.common();
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
                networks.of("kafka"));
    }

    ServiceNowSettings serviceNow() {
        URI url = values.get(SystemKeys.SERVICENOW_URL);
        URI tokenUrl = values.get(SystemKeys.SERVICENOW_TOKEN_URL);
        return new ServiceNowSettings(
                url,
                values.get(SystemKeys.SERVICENOW_FORMER_URL),
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
                values.number(SystemKeys.SERVICENOW_REQUESTS_PER_HOUR),
                values.get(SystemKeys.SERVICENOW_CONNECT_TIMEOUT),
                values.get(SystemKeys.SERVICENOW_REQUEST_TIMEOUT),
                values.get(SystemKeys.SERVICENOW_MAX_ATTACHMENT_SIZE),
                values.get(SystemKeys.SERVICENOW_DELIVERIES),
                networks.of("servicenow"));
    }

    Map<String, VisionOneSettings> visionOne() {
        return values.byName(
                SystemKeys.VISION_ONE_URL,
                name -> new VisionOneSettings(
                        name,
                        values.get(SystemKeys.VISION_ONE_URL, name),
                        values.secret(SystemKeys.VISION_ONE_TOKEN, name),
                        values.get(SystemKeys.VISION_ONE_REQUEST_TIMEOUT, name),
                        values.get(SystemKeys.VISION_ONE_CLOUD_POSTURE_PATH, name),
                        values.get(SystemKeys.VISION_ONE_CLOUD_POSTURE_QUERY_LIMIT, name),
                        networks.of("vision-one", name)));
    }

    Map<String, SccSettings> scc() {
        return values.byName(
                SystemKeys.SCC_URL,
                name -> new SccSettings(
                        name,
                        values.get(SystemKeys.SCC_URL, name),
                        values.get(SystemKeys.SCC_IAM_URL, name),
                        values.secret(SystemKeys.SCC_API_KEY, name),
                        values.get(SystemKeys.SCC_REQUEST_TIMEOUT, name),
                        networks.of("scc", name)));
    }

    Map<String, ApiSettings> api() {
        return values.byName(
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
                        networks.of("api", name)));
    }

    Map<String, WorkloadProtectionSettings> workloadProtection() {
        return values.byName(
                SystemKeys.WORKLOAD_PROTECTION_URL,
                name -> new WorkloadProtectionSettings(
                        name,
                        values.get(SystemKeys.WORKLOAD_PROTECTION_URL, name),
                        values.get(SystemKeys.WORKLOAD_PROTECTION_IAM_URL, name),
                        values.secret(SystemKeys.WORKLOAD_PROTECTION_API_KEY, name),
                        values.text(SystemKeys.WORKLOAD_PROTECTION_INSTANCE_ID, name),
                        values.secret(SystemKeys.WORKLOAD_PROTECTION_TOKEN, name),
                        values.get(SystemKeys.WORKLOAD_PROTECTION_REQUEST_TIMEOUT, name),
                        networks.of("workload-protection", name)));
    }
}
