/**
 * Source: IBM SCC Workload Protection, the posture API of Sysdig Secure (compliance.md, section 2). Receives a flow, returns what its
 * controls say of each resource as findings, one for a control and a resource, whatever policies and zones it was read through.
 * A pass is one scan; each control that was read whole proves what is gone of it, and no other.
 */
package io.ticketbridge.source.workloadprotection;
