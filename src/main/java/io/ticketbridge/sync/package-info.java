/**
 * Keeps a ticket and the case or alert that it is about in step: compares both with what they last agreed on and says what
 * each side is to be told. Pure functions: routes read and write, the ledger remembers.
 */
package io.ticketbridge.sync;
