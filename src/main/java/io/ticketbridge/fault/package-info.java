/** What every stage needs when something can't be done now: how long to wait, and how to say so. Values only, no I/O. */
package io.ticketbridge.fault;
