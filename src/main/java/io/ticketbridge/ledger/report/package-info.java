/**
 * What the ledger says to people: {@code status}, {@code explain}, the console and metrics. Reads only, and returns values that
 * are ready to be shown; no stage needs it.
 */
package io.ticketbridge.ledger.report;
