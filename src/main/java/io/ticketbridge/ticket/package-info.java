/**
 * The model of what one ticket covers and of what is decided about it. Values only, no I/O: the stages from aggregate to
 * deliver share it.
 */
package io.ticketbridge.ticket;
