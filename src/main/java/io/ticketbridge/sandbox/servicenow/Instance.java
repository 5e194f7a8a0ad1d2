package io.ticketbridge.sandbox.servicenow;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request: lets the caller in, counts, and hands over to the API that the path names. */
final class Instance {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
    private static final Pattern API = Pattern.compile("/api/now/(?:(v\\d)/)?(table|attachment|stats)(?:/(.*?))?/?");

    private final Gate gate;
    private final RateLimit rateLimit;
    private final OAuthEndpoint oauth;
    private final TableApi tables;
    private final AttachmentApi attachments;
    private final StatsApi stats;

    Instance(
            Gate gate,
            RateLimit rateLimit,
            OAuthEndpoint oauth,
            TableApi tables,
            AttachmentApi attachments,
            StatsApi stats) {
        this.gate = gate;
        this.rateLimit = rateLimit;
        this.oauth = oauth;
        this.tables = tables;
        this.attachments = attachments;
        this.stats = stats;
    }

    Answer answer(Call call) {
        try {
            return switch (call.path) {
                case "/oauth_token.do" -> oauth.token(call);
                case "/oauth_revoke_token.do" -> oauth.revoke(call);
                default -> call.path.startsWith("/api/") ? api(call) : Answer.html(200, "Log in");
            };
        } catch (Refusal refusal) {
            return Answer.of(refusal);
        } catch (RuntimeException e) {
            LOG.warn("The simulated ServiceNow failed at {} {}", call.method, call.path, e);
            return Answer.error(500, "Exception while executing request: " + e, null);
        }
    }

    private Answer api(Call call) {
        call.user = gate.admit(call);
        Answer limited = rateLimit.check(call.user.userName());
        Answer answer = limited == null ? route(call) : limited;
        for (Map.Entry<String, String> header : rateLimit.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        String session = gate.sessionCookie(call);
        return session.isEmpty() ? answer : answer.with("Set-Cookie", "JSESSIONID=" + session + "; Path=/; HttpOnly");
    }

    private Answer route(Call call) {
        try {
            Matcher path = API.matcher(call.path);
            if (!path.matches()) {
                throw Refusal.noResource();
            }
            String version = path.group(1) == null ? "" : path.group(1);
            String rest = path.group(3) == null ? "" : path.group(3);
            return switch (path.group(2)) {
                case "table" -> table(call, version, rest);
                case "stats" -> stats.handle(call, rest);
                default -> attachments.handle(call, rest);
            };
        } catch (Refusal refusal) {
            return Answer.of(refusal);
        }
    }

    private Answer table(Call call, String version, String rest) {
        String[] part = rest.split("/", -1);
        if (part.length > 2 || part[0].isEmpty()) {
            throw Refusal.noResource();
        }
        return tables.handle(call, version, part[0], part.length == 2 ? part[1] : null);
    }
}
