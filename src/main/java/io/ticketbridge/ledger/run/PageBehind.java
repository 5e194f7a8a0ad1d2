package io.ticketbridge.ledger.run;

import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * A page that is being written while the next one goes through the filter, as if both were one page. There is one of a run at most, so that pages
 * become durable in their order, and one that could not be written ends the run before the next is.
 */
final class PageBehind {
    /** Nobody interrupts them: H2 closes its file where a thread is interrupted that writes to it. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "page-writer");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<Void> written;
    private final Set<UUID> identities;
    private final PageFigures keptBack;

    private PageBehind(Future<Void> written, Set<UUID> identities, PageFigures keptBack) {
        this.written = written;
        this.identities = identities;
        this.keptBack = keptBack;
    }

    /**
     * @param identities those that it writes
     * @param keptBack the figures of pages before it, which are lost with it
     */
    static PageBehind begin(Runnable write, Set<UUID> identities, PageFigures keptBack) {
        return new PageBehind(CompletableFuture.runAsync(write, THREADS), identities, keptBack);
    }

    boolean writesAnyOf(Set<UUID> others) {
        return !Collections.disjoint(identities, others);
    }

    PageFigures keptBack() {
        return keptBack;
    }

    /** @throws RuntimeException what writing failed with */
    void await() {
        try {
            written.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("It was stopped", e);
        }
    }
}
