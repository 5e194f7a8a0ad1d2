package io.ticketbridge.policy;

import io.ticketbridge.config.OnRecurrence;
import java.util.OptionalInt;

/**
 * A flow's policy.
 *
 * @param newTicketWhenStatus the status that an existing ticket must reach before another is opened; only named in reasons
 * @param newTicketAfterDays days after which an open ticket no longer blocks another, whatever its status (P8)
 * @param onRecurrence what a recurrence does (P9)
 * @param resolveWhenFixed whether a ticket is resolved when nothing in its group fails any more (P11)
 * @param syncBack whether a ticket and its case are kept in step in both directions (P23)
 */
public record PolicySettings(
        String newTicketWhenStatus,
        OptionalInt newTicketAfterDays,
        OnRecurrence onRecurrence,
        boolean resolveWhenFixed,
        boolean syncBack) {}
