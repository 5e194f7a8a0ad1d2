/**
 * What the {@code servicenow:} component lacks, given to it from outside: tokens, timeouts, a private CA, the last answer's
 * headers, and a reading of its many exceptions as one {@link io.ticketbridge.deliver.servicenow.Fault} (P16, P18, P21, P37).
 * Guarantees that no secret reaches a message, a log line or an endpoint's address.
 */
package io.ticketbridge.deliver.servicenow;
