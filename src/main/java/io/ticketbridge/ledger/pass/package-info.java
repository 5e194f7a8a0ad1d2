/**
 * The ledger's side of a pass, as the routes call it: begun, published, taken by workers, ended, failed, and what becomes of records that
 * can't be read or are read again. What an exchange carries of its pass is {@link io.ticketbridge.ledger.pass.PassOf}.
 */
package io.ticketbridge.ledger.pass;
