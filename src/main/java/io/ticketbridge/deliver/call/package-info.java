/**
 * Calls to ServiceNow as values, and the rows of its answers: each is known to be one that was asked for before anybody uses it (P16).
 * Also the states of its tables, in their order.
 */
package io.ticketbridge.deliver.call;
