/**
 * Finds records of ours that are in ServiceNow twice, and which of them counts (P15).
 */
package io.ticketbridge.deliver.sweep;
