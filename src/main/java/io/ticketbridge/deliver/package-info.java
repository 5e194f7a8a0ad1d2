/**
 * Deliver: turns decisions into ServiceNow records. Receives claimed groups, writes through the {@code servicenow:} component by the cycle
 * of intent, call, read-back and record, and guarantees one record per group and generation (P15). The cycle and what it sends are here;
 * what they ask and know of ServiceNow has packages of its own, which know nothing of the cycle.
 */
package io.ticketbridge.deliver;
