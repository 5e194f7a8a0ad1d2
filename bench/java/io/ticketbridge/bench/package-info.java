/**
 * Measures ticketbridge beside other ways to do its work: a driver makes the findings and serves them, each contender reads
 * them in a process of its own. No part of the product; bench/README.md says how to run and how to read it.
 */
package io.ticketbridge.bench;
