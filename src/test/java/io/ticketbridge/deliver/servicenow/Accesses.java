package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.Secret;
import io.ticketbridge.deliver.servicenow.ServiceNowAccess.Auth;
import java.net.URI;
import java.time.Duration;

/** Ways to log in to the fake instance. */
final class Accesses {
    static final String PASSWORD = "pa+ss/w0rd=Ü";
    static final String SECRET = "s&cr=t+Ü%41";

    private Accesses() {}

    static ServiceNowAccess client(URI url) {
        return of(url, Auth.OAUTH_CLIENT_CREDENTIALS, Duration.ofSeconds(10));
    }

    static ServiceNowAccess of(URI url, Auth auth, Duration requestTimeout) {
        return of(url, auth, requestTimeout, Duration.ofSeconds(5));
    }

    static ServiceNowAccess of(URI url, Auth auth, Duration requestTimeout, Duration connectTimeout) {
        return new ServiceNowAccess(
                url,
                auth,
                "jürgen",
                Secret.of(PASSWORD),
                "client-1",
                Secret.of(SECRET),
                null,
                "useraccount",
                Secret.of("key-123"),
                connectTimeout,
                requestTimeout);
    }
}
