/**
 * The ledger: everything JDBC. It remembers findings, groups, tickets and what is owed to ServiceNow, and stands behind Camel's
 * idempotent and aggregation repositories; the same SQL serves H2 and PostgreSQL. Here is what all of its parts use, each of which has a
 * package of its own: begin with {@code run}, where a page comes in, and {@code ticket}, where what is owed goes out.
 */
package io.ticketbridge.ledger;
