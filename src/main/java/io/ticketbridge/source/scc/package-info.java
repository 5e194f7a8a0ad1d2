/**
 * Source: IBM Security and Compliance Center, Results API v3 (compliance.md, section 1). Receives a flow, returns the
 * evaluations of each scope's newest report as findings, joined with the controls that they serve. A report is one scan.
 */
package io.ticketbridge.source.scc;
