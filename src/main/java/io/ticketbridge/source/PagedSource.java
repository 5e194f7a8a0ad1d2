package io.ticketbridge.source;

/** What is read page by page, where each page says how the next is asked for. One thread reads it. */
public interface PagedSource {
    boolean hasNext();

    /** The body of the call that reads the next page. */
    Object nextCall();

    /**
     * Takes the answer, and moves on.
     *
     * @return the page
     * @throws UnexpectedAnswer if it is none
     */
    Object accept(Object answer);
}
