/**
 * Groups that are claimed under a lease, what is intended for their tickets, and the tickets as they were last seen. One row per group
 * and generation, recorded before each call (P15); a group whose ticket has come far enough is released (P7, P8).
 */
package io.ticketbridge.ledger.ticket;
