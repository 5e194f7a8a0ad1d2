/**
 * A simulated IBM SCC Workload Protection: the posture API of Sysdig Secure and IAM (compliance.md, section 2). Two zones, of which
 * one is part of the other, three policies, and controls that serve several of them.
 */
package io.ticketbridge.sandbox.workloadprotection;
