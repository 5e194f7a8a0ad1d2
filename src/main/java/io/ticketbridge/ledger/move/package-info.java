/**
 * Copies a ledger that is there: into another database, or into a folder for a plan; and looks whether it can be read. Receives
 * settings of databases; the ledger that it reads is neither made, migrated nor written to, and what arrived is compared.
 */
package io.ticketbridge.ledger.move;
