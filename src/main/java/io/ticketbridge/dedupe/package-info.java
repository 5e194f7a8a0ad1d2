/**
 * Dedupe: which findings go on at all. Receives findings, lets those pass that the flow's own filter accepts; what is news
 * the ledger's repository knows.
 */
package io.ticketbridge.dedupe;
