package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;

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
        NetworkSettings network) {}
