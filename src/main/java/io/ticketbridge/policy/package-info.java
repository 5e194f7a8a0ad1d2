/**
 * The policy: a pure function from (group, latest ticket, settings, what the run may still do, now) to (action, reason).
 * Receives values, returns a {@link io.ticketbridge.ticket.Decision}, touches nothing (P14).
 */
package io.ticketbridge.policy;
