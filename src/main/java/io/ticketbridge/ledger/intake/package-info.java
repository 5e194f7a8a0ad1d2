/**
 * What is sent to ticketbridge or put into its folders: kept in parts before its sender is told so, read by one replica at a time, and
 * known by its digest, so that the same bytes are read once.
 */
package io.ticketbridge.ledger.intake;
