/**
 * Kafka, where it is switched on: hands pages of findings from whoever reads a source to whoever filters and writes them. Receives
 * pages of a run, returns them page by page to a worker; each record comes into the ledger once, in the order of its finding.
 */
package io.ticketbridge.kafka;
