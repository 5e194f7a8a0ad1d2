package io.ticketbridge.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What a start does on a thread of its own, while it goes on with something else. */
final class Aside<T> {
    private final FutureTask<T> work;

    private Aside(FutureTask<T> work) {
        this.work = work;
    }

    static <T> Aside<T> begin(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return new Aside<>(task);
    }

    /**
     * Waits for the end of it.
     *
     * @throws Exception what it threw itself
     */
    T get() throws Exception {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /** Waits for the end of it, and answers null if it failed: for whoever only tidies up. */
    T orNull() {
        try {
            return work.get();
        } catch (ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
