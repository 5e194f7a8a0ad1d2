package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.Auth;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.ServiceNowSettings;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/** Ways to log in to the fake instance. */
final class Accesses {
    static final String PASSWORD = "pa+ss/w0rd=Ü";
    static final String SECRET = "s&cr=t+Ü%41";

    private Accesses() {}

    static ServiceNowSettings client(URI url) {
        return of(url, Auth.OAUTH_CLIENT_CREDENTIALS, Duration.ofSeconds(10));
    }

    static ServiceNowSettings of(URI url, Auth auth, Duration requestTimeout) {
        return of(url, auth, requestTimeout, Duration.ofSeconds(5));
    }

    static ServiceNowSettings of(URI url, Auth auth, Duration requestTimeout, Duration connectTimeout) {
        return new ServiceNowSettings(
                url,
                null,
                auth,
                "jürgen",
                Secret.of(PASSWORD),
                "client-1",
                Secret.of(SECRET),
                URI.create(url + "/oauth_token.do"),
                "useraccount",
                Secret.of("key-123"),
                "",
                "",
                OptionalInt.empty(),
                connectTimeout,
                requestTimeout,
                1,
                1,
                NetworkSettings.DIRECT);
    }
}
