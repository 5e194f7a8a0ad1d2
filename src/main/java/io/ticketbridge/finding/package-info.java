/**
 * The model that every stage shares: findings, their identity, and what may go wrong when one is read.
 * Values only, no I/O. Guarantees that the same observation always has the same {@link io.ticketbridge.finding.Finding#id()}.
 */
package io.ticketbridge.finding;
