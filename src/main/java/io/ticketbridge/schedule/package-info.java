/**
 * When passes and chores are made. One process keeps its schedule in memory; on PostgreSQL all replicas share one in the ledger, so that
 * each pass is made by one of them, and by another where that one died.
 */
package io.ticketbridge.schedule;
