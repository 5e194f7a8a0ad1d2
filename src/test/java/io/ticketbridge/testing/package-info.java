/** What whole-pipeline tests are written with: the simulators, a ledger, and the real routes between them. */
package io.ticketbridge.testing;
