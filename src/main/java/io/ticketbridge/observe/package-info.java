/** Metrics and health (P32): what the ledger and the routes say, for Prometheus and for probes. */
package io.ticketbridge.observe;
