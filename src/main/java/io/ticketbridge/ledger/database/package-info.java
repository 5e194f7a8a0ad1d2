/**
 * What a database is to the ledger: how it is opened, brought to this version, kept open, missed and asked in batches; nothing of
 * what it holds.
 */
package io.ticketbridge.ledger.database;
