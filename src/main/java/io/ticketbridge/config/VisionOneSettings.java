package io.ticketbridge.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;

/**
 * One Vision One tenant.
 *
 * @param name the instance's name; {@code default} where the settings give none
 * @param url the API host, without a slash at the end; null if not set, which a flow that uses it does not allow
 * @param cloudPosturePath below it are the accounts and checks of Cloud Posture; begins with a slash and ends with none
 * @param cloudPostureQueryLimit how many checks one query yields at most
 */
public record VisionOneSettings(
        String name,
        URI url,
        Secret token,
        Duration requestTimeout,
        String cloudPosturePath,
        int cloudPostureQueryLimit,
        NetworkSettings network) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The tenant as its key names it; empty where it does not. */
    public String customer() {
        return customer(token);
    }

    static String customer(Secret token) {
        String[] parts = token.reveal().split("\\.");
        if (parts.length == 3) {
            try {
                return MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]))
                        .path("cid")
                        .asText();
            } catch (IOException | IllegalArgumentException e) {
                // A key of another form, which says nothing.
                return "";
            }
        }
        return "";
    }
}
