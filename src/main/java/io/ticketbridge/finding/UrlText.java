package io.ticketbridge.finding;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text as a part of an address. */
public final class UrlText {
    private UrlText() {}

    /** As one segment of a path, or one name or value of a query, whatever is in it: a form's plus for a blank is none in a path. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
