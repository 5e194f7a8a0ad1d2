/**
 * Sources: what is shared by those that are polled over HTTP in pages of JSON. A source receives a flow and returns pages of
 * {@link io.ticketbridge.finding.SourceRecord}s; it guarantees that every page is followed (P1).
 */
package io.ticketbridge.source;
