/**
 * Runs and their pages, the core of the ledger: what one scan or poll says, page by page, the filter and the aggregate over it, and what
 * is concluded, held and handed out at its end. A page, its groups and its run's figures are one transaction.
 */
package io.ticketbridge.ledger.run;
