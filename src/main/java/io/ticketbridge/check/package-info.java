/** Checks that need no route (P30): whether systems can be reached, whom they trust and whether they know us, and the ledger. */
package io.ticketbridge.check;
