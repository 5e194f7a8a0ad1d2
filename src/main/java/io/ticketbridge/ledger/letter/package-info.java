/**
 * Dead letters (P4, P20): what could not be read or was refused for good, kept with cause, request and answer. Also records as text, to
 * read them again or in another process.
 */
package io.ticketbridge.ledger.letter;
