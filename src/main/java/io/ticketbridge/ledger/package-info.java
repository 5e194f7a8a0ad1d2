/**
 * The ledger: everything JDBC. It remembers findings, groups, tickets and what is owed to ServiceNow, and stands behind
 * Camel's idempotent and aggregation repositories. Reads and writes a page of keys at a time; a page, its groups and its
 * run's figures are one transaction. The same SQL serves H2 and PostgreSQL.
 */
package io.ticketbridge.ledger;
