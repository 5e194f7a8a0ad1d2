package io.ticketbridge.bench;

/**
 * What a pass did, so that contenders can be held against each other.
 *
 * @param read evaluations that were read
 * @param news evaluations that were news
 * @param groups groups that were handed on because something of them was news
 */
record Tally(long read, long news, long groups) {}
