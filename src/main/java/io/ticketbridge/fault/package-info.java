/**
 * What every stage needs when something can't be done now: how long to wait, and how to say so. Besides, what several stages say
 * and none owns: what was checked, and failed logins. No I/O of its
 * own: values, and the time that an answer may take.
 */
package io.ticketbridge.fault;
