/**
 * Which ids findings and groups have, and had under an earlier recipe or another name of what a flow reads (P3). What was renamed is
 * no news; what nobody reads any more is known.
 */
package io.ticketbridge.ledger.identity;
