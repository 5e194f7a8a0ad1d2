/**
 * The source for compliance findings files: takes a stream (Prowler json-ocsf, OCSF Compliance Finding, ASFF, mixed if need
 * be), returns its records one at a time in bounded memory. Guarantees that a bad record costs only itself, and that a file
 * that ended badly never looks complete.
 */
package io.ticketbridge.source.files;
