/** How many requests may be sent to ServiceNow, what waits for room among them, and what of it comes first (P19). */
package io.ticketbridge.ledger.budget;
