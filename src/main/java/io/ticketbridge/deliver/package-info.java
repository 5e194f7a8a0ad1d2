/**
 * Deliver: turns decisions into ServiceNow records. Receives claimed groups, writes through the {@code servicenow:}
 * component by the cycle of intent, call, read-back and record, and guarantees one record per group and generation (P15).
 */
package io.ticketbridge.deliver;
