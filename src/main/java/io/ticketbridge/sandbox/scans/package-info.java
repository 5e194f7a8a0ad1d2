/**
 * A simulated cloud and the scan files that Prowler would write of it, as json-ocsf, NDJSON or ASFF. Others fix, break
 * and replace its resources between the scans. The same seed, clock and moves give the same files.
 */
package io.ticketbridge.sandbox.scans;
