package io.ticketbridge.sandbox.servicenow;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides who calls: bearer token, API key, Basic, or a session cookie; else 401. */
final class Gate {

    private static final Pattern SESSION = Pattern.compile("JSESSIONID=([0-9A-Za-z]+)");

    private volatile Credentials credentials;
    private final Tokens tokens;
    private final Settings settings;
    private final Store store;
    private final SysIds ids;
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    Gate(Credentials credentials, Tokens tokens, Settings settings, Store store, SysIds ids) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.settings = settings;
        this.store = store;
        this.ids = ids;
    }

    /** Whatever opened the instance before does so no more. */
    void change(Credentials other) {
        credentials = other;
    }

    /** @throws Refusal 401 for wrong or missing credentials, 403 where the API is closed to them */
    Actor admit(Call call) {
        String authorization = call.header("Authorization");
        boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        boolean known = bearer && tokens.isValid(authorization.substring(7).trim())
                || call.header("x-sn-apikey").equals(credentials.apiKey())
                || isBasic(authorization)
                || settings.cookieSessions
                        && session(call).filter(sessions::contains).isPresent();
        if (!known) {
            throw Refusal.notAuthenticated();
        }
        if (bearer && settings.unscopedRefused) {
            throw Refusal.notAuthorized("Access to unscoped api is not allowed");
        }
        if (settings.apiAclRefused) {
            throw Refusal.notAuthorized("Failed API level ACL Validation");
        }
        return user(credentials.user(), true);
    }

    /** The cookie of a session to start, or "" when the caller brought one that counts. */
    String sessionCookie(Call call) {
        if (!settings.cookieSessions) {
            return session(call).isPresent()
                    ? ""
                    : SysIds.of(call.method + call.path).toUpperCase(Locale.ROOT);
        }
        if (session(call).filter(sessions::contains).isPresent()) {
            return "";
        }
        String session = ids.next().toUpperCase(Locale.ROOT);
        sessions.add(session);
        return session;
    }

    /** That user as an actor; one who is not in {@code sys_user} acts without a sys_id. */
    Actor user(String userName, boolean throughApi) {
        return store.lookup("sys_user", "user_name", userName).stream()
                .findFirst()
                .map(row -> new Actor(userName, row.sysId(), throughApi))
                .orElse(new Actor(userName, "", throughApi));
    }

    private boolean isBasic(String authorization) {
        if (settings.basicRefused || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        String[] pair = OAuthEndpoint.basic(authorization);
        return pair[0].equals(credentials.user()) && pair[1].equals(credentials.password());
    }

    private static Optional<String> session(Call call) {
        Matcher matcher = SESSION.matcher(call.header("Cookie"));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
