package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;

/**
 * One instance of IBM Security and Compliance Center.
 *
 * @param name the instance's name; {@code default} where the settings give none
 * @param url the results API with the instance id, up to {@code /v3}, without a slash at the end; null if not set, which a
 *     flow that uses it does not allow
 * @param iamUrl where the API key is exchanged for a token
 */
public record SccSettings(
        String name, URI url, URI iamUrl, Secret apiKey, Duration requestTimeout, NetworkSettings network) {}
