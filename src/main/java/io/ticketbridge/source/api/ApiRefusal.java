package io.ticketbridge.source.api;

import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.ClientSecretIn;
import io.ticketbridge.fault.PassingStatus;

/** An API's refusal, in words: what it means, and the setting to change. */
record ApiRefusal(ApiSettings api, int status, String body) {
    private static final int LONGEST = 200;

    /** @param ofToken whether it was the token's server who refused */
    String sentence(boolean ofToken) {
        if (ofToken && status / 100 == 4 && !PassingStatus.is(status)) {
            return "The token server of API " + api.name() + " refuses the client (" + status + said() + "); check "
                    + api.key("client-id") + ", client-secret, token-url and scope; some servers want client-secret-in="
                    + (api.clientSecretIn() == ClientSecretIn.HEADER ? ClientSecretIn.BODY : ClientSecretIn.HEADER);
        }
        return (ofToken ? "The token server of API " : "API ") + api.name() + " answers " + status + said() + "; "
                + cure(ofToken);
    }

    private String cure(boolean ofToken) {
        String credential = new ApiCredential(api).settings();
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                "it sends elsewhere, which is not followed: set " + api.key(ofToken ? "token-url" : "url")
                        + " to where it answers itself";
            case 401 -> "it does not know the credential: check " + credential;
            case 403 -> "the credential may not read this: give it the right, or check " + credential;
            case 404, 405 -> "check " + api.key("url") + ", and request.path and method in the mapping";
            case 407 ->
                "the proxy on the way wants other credentials: check " + api.key("proxy-user") + " and proxy-password";
            case 400, 422 -> "check query, headers and body of the mapping's request";
            default ->
                PassingStatus.is(status)
                        ? "it was asked several times, and is asked again with the next pass"
                        : "check " + api.key("url") + " and the mapping's request";
        };
    }

    /** The answer's beginning: many an API says there what it misses. */
    private String said() {
        String text = body == null ? "" : body.replaceAll("\\s+", " ").strip();
        if (text.isEmpty() || text.startsWith("<")) {
            return "";
        }
        return ", " + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
    }
}
