/**
 * The account of a run (P5): gives each finding that was read one outcome, once nothing is owed for the run any more. Also who hears of
 * it, and the summary ticket of what breakers hold (P12).
 */
package io.ticketbridge.ledger.account;
