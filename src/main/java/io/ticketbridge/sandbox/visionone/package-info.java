/**
 * A simulated Trend Vision One on loopback: Case Management and Workbench alerts with their filters, pages, ETags,
 * notes, attachments and error bodies. In memory; the same seed and clock give the same cases.
 */
package io.ticketbridge.sandbox.visionone;
