package io.ticketbridge.source.workloadprotection;

import io.ticketbridge.finding.UrlText;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The {@code resourceApiEndpoint} of a control: a relative address with spaces in it. It is data, so it names a list of the posture
 * API or nothing: no other host, no path outside the API (P38).
 */
final class Endpoint {
    /** No dot, no percent sign, no second slash: nothing that a server could read as another path. */
    private static final Pattern PATH = Pattern.compile("/api/cspm(?:/[A-Za-z0-9_-]+)+");

    private static final Pattern ENCODED = Pattern.compile("%25([0-9A-Fa-f]{2})");
    private static final List<String> OURS = List.of("pageSize", "pageNumber");

    private Endpoint() {}

    static Optional<PostureCall> of(String written) {
        String[] parts = written.split("\\?", 2);
        return PATH.matcher(parts[0]).matches()
                ? Optional.of(new PostureCall(parts[0], parts.length > 1 ? query(parts[1]) : ""))
                : Optional.empty();
    }

    private static String query(String written) {
        StringJoiner query = new StringJoiner("&");
        for (String parameter : written.split("&")) {
            String[] parts = parameter.split("=", 2);
            if (!parts[0].isEmpty() && !OURS.contains(parts[0])) {
                query.add(encode(parts[0]) + "=" + encode(parts.length > 1 ? parts[1] : ""));
            }
        }
        return query.toString();
    }

    /** What came encoded is left as it is. */
    static String encode(String text) {
        return ENCODED.matcher(UrlText.encoded(text)).replaceAll("%$1");
    }
}
