/**
 * Cases and alerts that are kept in step with their tickets: what both sides last agreed on, what was written to either, and which pairs
 * differ (P24 to P26).
 */
package io.ticketbridge.ledger.pair;
