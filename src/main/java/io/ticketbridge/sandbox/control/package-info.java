/**
 * The sandbox's control page: a person (or a program, as JSON) sees what the simulated systems hold and plays the other side.
 * On loopback, without scripts; what changes something is a POST with the token of this start.
 */
package io.ticketbridge.sandbox.control;
