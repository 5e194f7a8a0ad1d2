/**
 * A simulated ServiceNow instance in one process on loopback: Table API, attachments, counts, OAuth, server-side rules,
 * and faults on demand. Receives HTTP, keeps everything in memory, and answers the same for the same seed and clock.
 * What the public documentation leaves open is a switch in {@link io.ticketbridge.sandbox.servicenow.Settings}.
 */
package io.ticketbridge.sandbox.servicenow;
