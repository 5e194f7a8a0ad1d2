/**
 * Aggregate: collects the findings that are news into what changed for each group (P6). Receives
 * {@link io.ticketbridge.ticket.Membership}s, returns {@link io.ticketbridge.ticket.GroupChange}s; the ledger keeps them.
 */
package io.ticketbridge.aggregate;
