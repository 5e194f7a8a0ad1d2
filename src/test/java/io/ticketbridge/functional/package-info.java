/** The whole pipeline: the real routes between the simulators. What a test claims is read from the simulated ServiceNow. */
package io.ticketbridge.functional;
