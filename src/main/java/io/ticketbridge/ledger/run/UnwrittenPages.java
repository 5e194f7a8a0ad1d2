package io.ticketbridge.ledger.run;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a run has read and the ledger has not got yet: the figures of pages without news, and the one page that is being written.
 * Used by the thread that reads the run; only the time of the last figures is also set by the one that writes.
 */
final class UnwrittenPages {
    private PageFigures figures = new PageFigures();
    private PageBehind behind;
    private volatile Instant figuresWrittenAt;

    /** A page is being written from here on, with the figures before it; the one before must be. */
    void begin(PageBehind page) {
        behind = page;
        figures = new PageFigures();
    }

    /**
     * Waits for the page that is being written.
     *
     * @throws RuntimeException what that failed with, once
     */
    void await() {
        PageBehind page = behind;
        if (page != null) {
            try {
                page.await();
                behind = null;
            } catch (RejectedExecutionException e) {
                // It is still being written, with the figures before it.
                throw e;
            } catch (RuntimeException e) {
                behind = null;
                figures = page.keptBack().and(figures);
                throw e;
            }
        }
    }

    /** The same if it writes any of these, so that whoever looks them up finds them. */
    void await(Set<UUID> identities) {
        if (behind != null && behind.writesAnyOf(identities)) {
            await();
        }
    }

    /** The figures of pages that were not written yet. */
    PageFigures figures() {
        return figures;
    }

    void keepBack(PageFigures kept) {
        figures = kept;
    }

    void written() {
        figures = new PageFigures();
    }

    /** Null before the first page. */
    Instant figuresWrittenAt() {
        return figuresWrittenAt;
    }

    void figuresWrittenAt(Instant at) {
        figuresWrittenAt = at;
    }
}
