/** Runs what the documentation for route writers shows: the blocks come out of the Markdown files themselves. */
package io.ticketbridge.recipes;
