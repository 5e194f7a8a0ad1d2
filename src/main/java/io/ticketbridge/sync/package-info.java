/**
 * Stage: sync. Receives a ticket and its case or alert as both are now and what they last agreed on, returns what has to be
 * written to either side so that they agree again; makes the calls to Vision One (P23 to P27).
 */
package io.ticketbridge.sync;
