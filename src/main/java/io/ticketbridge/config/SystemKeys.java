package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings of the database and of the systems on either side. */
final class SystemKeys {
    private static final Type<Duration> TIMEOUT = Types.duration(Duration.ofMillis(100), Duration.ofHours(1));

    static final Key<String> DATABASE_URL = Key.of(
                    "database.url",
                    LedgerUrl.type(),
                    "Where the ledger is; H2 in a file needs nothing, PostgreSQL is jdbc:postgresql://HOST:5432/DATABASE.")
            .orElse("jdbc:h2:file:./data/ticketbridge");
    static final Key<String> DATABASE_USER =
            Key.of("database.user", Types.text(), "The database user.").like("ticketbridge");
    static final Key<Secret> DATABASE_PASSWORD =
            Key.of("database.password", Types.secret(), "The database user's password.");
    static final Key<Integer> DATABASE_POOL_SIZE = Key.of(
                    "database.pool-size",
                    Types.count(2, 200),
                    "The most connections that are open at once. Making the schema takes two.")
            .orElse("10");

    static final Key<Integer> RETENTION_FINDINGS = Key.of(
                    "retention.findings",
                    Types.count(1, 36_500),
                    "Days for which findings that ended are kept, and the text of each request and answer; what an open ticket needs is kept longer.")
            .orElse("90");
    static final Key<Integer> RETENTION_RUNS = Key.of(
                    "retention.runs", Types.count(1, 36_500), "Days for which runs and their accounts are kept.")
            .orElse("90");
    static final Key<Integer> RETENTION_DEAD_LETTERS = Key.of(
                    "retention.dead-letters",
                    Types.count(1, 36_500),
                    "Days for which dead letters are kept after they were delivered.")
            .orElse("30");

    static final Key<URI> VISION_ONE_URL = Key.of(
                    "vision-one[.NAME].url",
                    WebAddress.type(),
                    "The API host of the tenant's region; NAME tells several tenants apart.")
            .like("https://api.xdr.trendmicro.com");
    static final Key<Secret> VISION_ONE_TOKEN = Key.of(
            "vision-one[.NAME].token",
            Types.secret(),
            "An API key of a role that may read and update cases or alerts, or view Cloud Posture.");
    static final Key<Duration> VISION_ONE_REQUEST_TIMEOUT = Key.of(
                    "vision-one[.NAME].request-timeout", TIMEOUT, "How long one answer may take.")
            .orElse("60s");
    static final Key<String> VISION_ONE_CLOUD_POSTURE_PATH = Key.of(
                    "vision-one[.NAME].cloud-posture-path",
                    Types.path(),
                    "Where Cloud Posture is below the API host; its API is beta and may move.")
            .orElse("/beta/cloudPosture");
    static final Key<Integer> VISION_ONE_CLOUD_POSTURE_QUERY_LIMIT = Key.of(
                    "vision-one[.NAME].cloud-posture-query-limit",
                    Types.count(100, 1_000_000),
                    "How many checks one query yields at most; an account with more is read in parts.")
            .orElse("10000");

    static final Key<URI> SCC_URL = Key.of(
                    "scc[.NAME].url",
                    WebAddress.type(),
                    "The results API of the instance, up to /v3; NAME tells several instances apart.")
            .like("https://us-south.compliance.cloud.ibm.com/instances/INSTANCE/v3");
    static final Key<URI> SCC_IAM_URL = Key.of(
                    "scc[.NAME].iam-url", WebAddress.type(), "Where the API key is exchanged for a token.")
            .orElse("https://iam.cloud.ibm.com/identity/token");
    static final Key<Secret> SCC_API_KEY = Key.of(
            "scc[.NAME].api-key", Types.secret(), "An IAM API key with the service role Reader on the instance.");
    static final Key<Duration> SCC_REQUEST_TIMEOUT = Key.of(
                    "scc[.NAME].request-timeout", TIMEOUT, "How long one answer may take.")
            .orElse("60s");

    static final Key<URI> WORKLOAD_PROTECTION_URL = Key.of(
                    "workload-protection[.NAME].url",
                    WebAddress.type(),
                    "The API host of the instance's region; NAME tells several instances apart.")
            .like("https://us-south.security-compliance-secure.cloud.ibm.com");
    static final Key<URI> WORKLOAD_PROTECTION_IAM_URL = Key.of(
                    "workload-protection[.NAME].iam-url",
                    WebAddress.type(),
                    "Where the API key is exchanged for a token.")
            .orElse("https://iam.cloud.ibm.com/identity/token");
    static final Key<Secret> WORKLOAD_PROTECTION_API_KEY = Key.of(
            "workload-protection[.NAME].api-key",
            Types.secret(),
            "An IAM API key with the service role Reader on the instance; goes with instance-id.");
    static final Key<String> WORKLOAD_PROTECTION_INSTANCE_ID = Key.of(
                    "workload-protection[.NAME].instance-id",
                    Types.text(),
                    "The GUID of the instance (ibmcloud resource service-instance NAME), sent as IBMInstanceID.")
            .like("84644a08-31b6-4988-b504-49a46ca69ccd");
    static final Key<Secret> WORKLOAD_PROTECTION_TOKEN = Key.of(
            "workload-protection[.NAME].token",
            Types.secret(),
            "An API token of Sysdig's own, in place of api-key and instance-id.");
    static final Key<Duration> WORKLOAD_PROTECTION_REQUEST_TIMEOUT = Key.of(
                    "workload-protection[.NAME].request-timeout", TIMEOUT, "How long one answer may take.")
            .orElse("60s");

    static final Key<URI> SERVICENOW_URL = Key.of("servicenow.url", WebAddress.type(), "The ServiceNow instance.")
            .like("https://example.service-now.com");
    static final Key<URI> SERVICENOW_FORMER_URL = Key.of(
                    "servicenow.former-url",
                    WebAddress.type(),
                    "Where the instance was before, if the same one, with the same records, has another address now; for one start. Never another instance: that needs an empty ledger.")
            .like("https://former.service-now.com");
    static final Key<Auth> SERVICENOW_AUTH = Key.of(
                    "servicenow.auth",
                    Types.choice(Auth.class),
                    "How to sign in; client credentials are recommended, as ServiceNow restricts the others.")
            .orElse("oauth-client-credentials");
    static final Key<String> SERVICENOW_USER = Key.of(
                    "servicenow.user",
                    Types.text(),
                    "The User ID of the integration's user: it signs in with auth=basic and auth=oauth-password; with the others ServiceNow says who calls, and this need not be set.")
            .like("ticketbridge");
    static final Key<Secret> SERVICENOW_PASSWORD = Key.of(
            "servicenow.password", Types.secret(), "The user's password, for auth=basic and auth=oauth-password.");
    static final Key<String> SERVICENOW_CLIENT_ID = Key.of(
                    "servicenow.client-id", Types.text(), "The OAuth client's id, for both kinds of OAuth.")
            .like("0123456789abcdef0123456789abcdef");
    static final Key<Secret> SERVICENOW_CLIENT_SECRET =
            Key.of("servicenow.client-secret", Types.secret(), "The OAuth client's secret, for both kinds of OAuth.");
    static final Key<URI> SERVICENOW_TOKEN_URL = Key.of(
                    "servicenow.token-url",
                    WebAddress.type(),
                    "Where OAuth tokens come from; the instance's /oauth_token.do unless set.")
            .like("https://example.service-now.com/oauth_token.do");
    static final Key<String> SERVICENOW_SCOPE = Key.of(
                    "servicenow.scope", Types.text(), "The OAuth scope to ask for; none unless set.")
            .like("useraccount");
    static final Key<Secret> SERVICENOW_API_KEY =
            Key.of("servicenow.api-key", Types.secret(), "The API key, for auth=api-key.");
    static final Key<String> SERVICENOW_GROUP_SYS_ID = Key.of(
                    "servicenow.group-sys-id",
                    Types.sysId(),
                    "The assignment group of every ticket whose profile names no other.")
            .like(Keys.GROUP_EXAMPLE);
    static final Key<String> SERVICENOW_USER_SYS_ID = Key.of(
                    "servicenow.user-sys-id",
                    Types.sysId(),
                    "The assignee of every ticket whose profile names no other: a person who works on tickets, not the integration's own user.")
            .like(Keys.USER_EXAMPLE);
    static final Key<Integer> SERVICENOW_REQUESTS_PER_HOUR = Key.of(
                    "servicenow.requests-per-hour",
                    Types.count(1, Integer.MAX_VALUE),
                    "The most requests that all replicas together send in any hour; off unless set, or ServiceNow names a limit. A tenth is kept for closures and critical tickets, a tenth for polls; of the rest no more than a sixth is used in any ten minutes.")
            .like("500");
    static final Key<Duration> SERVICENOW_CONNECT_TIMEOUT = Key.of(
                    "servicenow.connect-timeout", TIMEOUT, "How long connecting may take.")
            .orElse("10s");
    static final Key<Duration> SERVICENOW_REQUEST_TIMEOUT = Key.of(
                    "servicenow.request-timeout",
                    TIMEOUT,
                    "How long one request may take; a request that took longer is looked up before it is repeated.")
            .orElse("60s");
    static final Key<Integer> SERVICENOW_MAX_ATTACHMENT_SIZE = Key.of(
                    "servicenow.max-attachment-size",
                    Types.count(1000, Integer.MAX_VALUE),
                    "The largest attachment in bytes; a longer list is sent in parts, a larger file of a case stays there.")
            .orElse("1000000");
    static final Key<Integer> SERVICENOW_DELIVERIES = Key.of(
                    "servicenow.deliveries",
                    Types.count(1, 64),
                    "How many tickets are delivered at once; as many again are prepared meanwhile.")
            .orElse("4");

    static final Key<LogFormat> LOG_FORMAT = Key.of(
                    "log.format", Types.choice(LogFormat.class), "Log lines for people, or one JSON object each.")
            .orElse("text");

    static final Key<String> HTTP_HOST = Key.of(
                    "http.host", Types.text(), "The address that ticketbridge itself listens on.")
            .orElse("127.0.0.1");
    static final Key<Integer> HTTP_PORT = Key.of(
                    "http.port",
                    Types.count(0, 65_535),
                    "The port that the console and the intake listen on; 0 takes any free one.")
            .orElse("8080");
    static final Key<Boolean> HTTP_ENABLED = Key.of(
                    "http.enabled",
                    Types.flag(),
                    "Whether `run` and `sandbox` serve the console; health, metrics and the intake do not depend on it.")
            .orElse("true");
    static final Key<String> HTTP_USER = Key.of(
                    "http.user", Types.text(), "The user that the console asks for where a password is set.")
            .orElse("ticketbridge");
    static final Key<Secret> HTTP_PASSWORD = Key.of(
            "http.password",
            Types.secret(),
            "The password that the console asks for; needed where http.host is no loopback address.");
    static final Key<Integer> HTTP_MANAGEMENT_PORT = Key.of(
                    "http.management-port",
                    Types.count(0, 65_535),
                    "The port of health and metrics, /observe/health and /observe/metrics; 0 for none.")
            .orElse("9876");
    static final Key<Integer> HTTP_INTAKE_MAX_SIZE = Key.of(
                    "http.intake-max-size",
                    Types.count(1000, Integer.MAX_VALUE),
                    "The largest body that a flow with source=http takes, in bytes, as it is sent and unpacked.")
            .orElse("100000000");
    static final Key<Integer> HTTP_INTAKE_REQUESTS_PER_MINUTE = Key.of(
                    "http.intake-requests-per-minute",
                    Types.count(1, 100_000),
                    "How many bodies each flow with source=http takes in a minute.")
            .orElse("60");

    static final List<Key<?>> ALL = List.of(
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_POOL_SIZE,
            RETENTION_FINDINGS,
            RETENTION_RUNS,
            RETENTION_DEAD_LETTERS,
            VISION_ONE_URL,
            VISION_ONE_TOKEN,
            VISION_ONE_REQUEST_TIMEOUT,
            VISION_ONE_CLOUD_POSTURE_PATH,
            VISION_ONE_CLOUD_POSTURE_QUERY_LIMIT,
            SCC_URL,
            SCC_IAM_URL,
            SCC_API_KEY,
            SCC_REQUEST_TIMEOUT,
            WORKLOAD_PROTECTION_URL,
            WORKLOAD_PROTECTION_IAM_URL,
            WORKLOAD_PROTECTION_API_KEY,
            WORKLOAD_PROTECTION_INSTANCE_ID,
            WORKLOAD_PROTECTION_TOKEN,
            WORKLOAD_PROTECTION_REQUEST_TIMEOUT,
            SERVICENOW_URL,
            SERVICENOW_FORMER_URL,
            SERVICENOW_AUTH,
            SERVICENOW_USER,
            SERVICENOW_PASSWORD,
            SERVICENOW_CLIENT_ID,
            SERVICENOW_CLIENT_SECRET,
            SERVICENOW_TOKEN_URL,
            SERVICENOW_SCOPE,
            SERVICENOW_API_KEY,
            SERVICENOW_GROUP_SYS_ID,
            SERVICENOW_USER_SYS_ID,
            SERVICENOW_REQUESTS_PER_HOUR,
            SERVICENOW_CONNECT_TIMEOUT,
            SERVICENOW_REQUEST_TIMEOUT,
            SERVICENOW_MAX_ATTACHMENT_SIZE,
            SERVICENOW_DELIVERIES,
            LOG_FORMAT,
            HTTP_HOST,
            HTTP_ENABLED,
            HTTP_PORT,
            HTTP_USER,
            HTTP_PASSWORD,
            HTTP_MANAGEMENT_PORT,
            HTTP_INTAKE_MAX_SIZE,
            HTTP_INTAKE_REQUESTS_PER_MINUTE);

    private SystemKeys() {}
}
