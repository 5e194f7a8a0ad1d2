/**
 * The console: pages made here from the ledger, and the few things that a person may do on them. Takes a request, returns a
 * whole page; needs no script. It knows neither stages nor engine: what those do for it is {@link io.ticketbridge.console.Desk}.
 */
package io.ticketbridge.console;
