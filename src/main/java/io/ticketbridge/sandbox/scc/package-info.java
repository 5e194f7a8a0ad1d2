/**
 * A simulated IBM Security and Compliance Center on loopback: its Results API v3 with immutable reports, and the IAM
 * that hands out its tokens. In memory; the same seed, clock and moves give the same reports.
 */
package io.ticketbridge.sandbox.scc;
