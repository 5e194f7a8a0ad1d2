/**
 * What the simulated systems share: a loopback server, its log of requests, and faults that can be switched on.
 * A simulator is a {@link io.ticketbridge.sandbox.http.Handler}; everything else is here.
 */
package io.ticketbridge.sandbox.http;
