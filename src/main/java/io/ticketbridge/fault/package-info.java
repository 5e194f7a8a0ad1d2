/**
 * What every stage needs when something can't be done now: how long to wait, and how to say so. Besides, what several stages say
 * and none owns: what was checked, and failed logins. Values only, no I/O.
 */
package io.ticketbridge.fault;
