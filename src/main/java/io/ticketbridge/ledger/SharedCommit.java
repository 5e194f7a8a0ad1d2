package io.ticketbridge.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Small transactions that many threads make of different groups, with one commit: a commit costs more than what a ticket writes, and who
 * waits for the row of a run waits for the commits of all before it. One thread writes what has come together while another's commit was
 * under way. Where one of them fails, all is undone and each is written by itself: nobody suffers from another. Thread-safe.
 */
final class SharedCommit {
    private static final int MOST = 64;

    private final LedgerDatabase database;
    private final List<Write<?>> waiting = new ArrayList<>();
    private boolean busy;

    private static final class Write<T> {
        private final UUID group;
        private final Supplier<T> work;
        /** True for whoever writes next, for itself and all that wait. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private T result;
        private RuntimeException failure;

        private Write(UUID group, Supplier<T> work) {
            this.group = group;
            this.work = work;
        }

        private void run() {
            result = work.get();
        }
    }

    SharedCommit(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * @param group whose row the work waits for first, and it waits for no other group's; null if it waits for none
     * @param work may be done twice, when the first time was undone; on any thread
     * @return what the work returns, once it is durable
     */
    <T> T write(UUID group, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        Write<T> own = new Write<>(group, work);
        if (isFirst(own) || own.turn.join()) {
            try {
                write(next());
            } finally {
                handOver();
            }
        }
        if (own.failure != null) {
            throw own.failure;
        }
        return own.result;
    }

    /** How many wait for their turn now. */
    synchronized int waits() {
        return waiting.size();
    }

    private synchronized boolean isFirst(Write<?> own) {
        waiting.add(own);
        boolean first = !busy;
        busy = true;
        return first;
    }

    private synchronized List<Write<?>> next() {
        List<Write<?>> first = waiting.subList(0, Math.min(MOST, waiting.size()));
        List<Write<?>> next = List.copyOf(first);
        first.clear();
        return next;
    }

    private synchronized void handOver() {
        busy = !waiting.isEmpty();
        if (busy) {
            waiting.get(0).turn.complete(true);
        }
    }

    private void write(List<Write<?>> writes) {
        try {
            if (writes.size() == 1 || !writeTogether(writes)) {
                writes.forEach(this::writeAlone);
            }
        } catch (RuntimeException | Error e) {
            // The ledger is gone, the commit failed, or worse: nobody knows what became of it.
            writes.forEach(
                    each -> each.failure = e instanceof RuntimeException known ? known : new CompletionException(e));
        } finally {
            writes.forEach(each -> each.turn.complete(false));
        }
    }

    /** @return false if one of them failed, and nothing was written */
    private boolean writeTogether(List<Write<?>> writes) {
        return database.transaction().execute(status -> {
            try {
                lock(writes);
                writes.forEach(Write::run);
                return true;
            } catch (RuntimeException e) {
                requireLedger(e);
                status.setRollbackOnly();
                return false;
            }
        });
    }

    /** All groups before anything else, and in the order of their ids, as pages do: so nobody locks them crosswise. */
    private void lock(List<Write<?>> writes) {
        Batches.query(
                database,
                "select id from finding_group where id = any(?) order by id for update",
                writes.stream()
                        .map(write -> write.group)
                        .filter(Objects::nonNull)
                        .toList(),
                row -> {});
    }

    private void writeAlone(Write<?> write) {
        try {
            database.transaction().executeWithoutResult(status -> write.run());
        } catch (RuntimeException e) {
            requireLedger(e);
            write.failure = e;
        }
    }

    /** Where the ledger is gone, each by itself would wait for it as long as the one before. */
    private static void requireLedger(RuntimeException failure) {
        if (Outage.isCauseOf(failure)) {
            throw failure;
        }
    }
}
