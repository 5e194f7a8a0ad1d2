package io.ticketbridge.source.api;

/**
 * How one page leads to the next.
 *
 * @param from of a page: the next link or cursor
 * @param to where cursor, offset or page number stand in a request
 * @param start the first offset or page number
 * @param items of a page: the list whose length counts
 * @param size what a full page holds; 0 if the mapping does not say
 * @param total of a page: how many records there are on all
 */
record Paging(
        Kind kind, Expression from, Target to, long start, Expression items, int size, Expression total, int maxPages) {
    enum Kind {
        NONE,
        NEXT_LINK,
        CURSOR,
        OFFSET,
        PAGE_NUMBER
    }

    /** Whether a page is asked for by how far it is from the first, so that what goes away before it moves it. */
    boolean isByPlace() {
        return kind == Kind.OFFSET || kind == Kind.PAGE_NUMBER;
    }
}
