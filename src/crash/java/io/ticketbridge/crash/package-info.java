/**
 * The crash harness: the real jar between the simulators, killed with SIGKILL at every named step of a delivery and at random
 * instants, again and again. What ServiceNow holds in the end is compared with what the sources say.
 */
package io.ticketbridge.crash;
