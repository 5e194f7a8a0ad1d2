package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The ServiceNow instance and how to sign in to it. Text that was not set is empty.
 *
 * @param url the instance, without a slash at the end; null if not set, which only {@link Requirement#LEDGER_ONLY} or
 *     settings without an enabled flow allow
 * @param formerUrl where the same instance was before, whose tickets the ledger holds; null if not set
 * @param tokenUrl where OAuth tokens come from; null only where url is null and it was not set
 * @param scope the OAuth scope to ask for, or empty
 * @param groupSysId the assignment group of every ticket unless its profile names another, or empty
 * @param userSysId the assignee of every ticket unless its profile names another, or empty
 * @param requestsPerHour the most requests that all replicas together send in any hour, if set (P19)
 * @param maxAttachmentSize the largest attachment in bytes; longer lists are sent in parts, larger files of a case stay there
 * @param deliveries for how many tickets a call is under way at once
 * @param network how the instance and its token endpoint are reached
 */
public record ServiceNowSettings(
        URI url,
        URI formerUrl,
        Auth auth,
        String user,
        Secret password,
        String clientId,
        Secret clientSecret,
        URI tokenUrl,
        String scope,
        Secret apiKey,
        String groupSysId,
        String userSysId,
        OptionalInt requestsPerHour,
        Duration connectTimeout,
        Duration requestTimeout,
        int maxAttachmentSize,
        int deliveries,
        NetworkSettings network) {

    /** What tells the instance from every other, as the ledger keeps it; empty if none is set. */
    public String instance() {
        return WebAddress.name(url);
    }

    /** The same of where it was before. */
    public String formerInstance() {
        return WebAddress.name(formerUrl);
    }

    /** The same without a limit of our own. */
    ServiceNowSettings unlimited() {
        return new ServiceNowSettings(
                url,
                formerUrl,
                auth,
                user,
                password,
                clientId,
                clientSecret,
                tokenUrl,
                scope,
                apiKey,
                groupSysId,
                userSysId,
                OptionalInt.empty(),
                connectTimeout,
                requestTimeout,
                maxAttachmentSize,
                deliveries,
                network);
    }
}
