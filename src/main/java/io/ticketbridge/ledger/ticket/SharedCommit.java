package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    /**
     * What a write locks.
     *
     * @param group whose row it waits for first, and it waits for no other group's; null if for none
     * @param flow and run, whose rows come after it; null if it locks none
     */
    record Place(UUID group, String flow, long run) {
        static final Place NONE = new Place(null, "", 0);

        /** So that two replicas can't lock runs crosswise. */
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::flow).thenComparing(Place::run);
    }

    private static final class Write<T> {
        private final Place place;
        private final Supplier<T> work;
        /** True for whoever writes next, for itself and all that wait. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private T result;
        private RuntimeException failure;

        private Write(Place place, Supplier<T> work) {
            this.place = place;
            this.work = work;
        }

        private void run() {
            result = work.get();
        }

        private void fail(Throwable cause) {
            failure = cause instanceof RuntimeException known ? known : new CompletionException(cause);
            turn.complete(false);
        }
    }

    SharedCommit(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * @param work may be done twice, when the first time was undone; on any thread
     * @return what the work returns, once it is durable
     */
    <T> T write(Place place, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        Write<T> own = new Write<>(place, work);
        if (isFirst(own) || own.turn.join()) {
            lead();
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
        List<Write<?>> next = first.stream()
                .sorted(Comparator.comparing(write -> write.place, Place.ORDER))
                .toList();
        first.clear();
        return next;
    }

    private synchronized void handOver() {
        busy = !waiting.isEmpty();
        if (busy) {
            waiting.get(0).turn.complete(true);
        }
    }

    /** What somebody else holds, or what failed, is written alone, after others have had their turn. */
    private void lead() {
        List<Write<?>> writes = next();
        List<Write<?>> left = List.of();
        try {
            left = writeTogether(writes);
            List<Write<?>> alone = left;
            writes.stream().filter(write -> !alone.contains(write)).forEach(write -> write.turn.complete(false));
        } catch (RuntimeException | Error e) {
            // The ledger is gone, the commit failed, or worse: nobody knows what became of it.
            writes.forEach(write -> write.fail(e));
        } finally {
            handOver();
        }
        writeAlone(left);
    }

    /** @return those that were not written */
    private List<Write<?>> writeTogether(List<Write<?>> writes) {
        return database.transaction().execute(status -> {
            try {
                Set<UUID> locked = lock(writes);
                Map<Boolean, List<Write<?>>> parts = writes.stream()
                        .collect(Collectors.partitioningBy(
                                write -> write.place.group() == null || locked.contains(write.place.group())));
                parts.get(true).forEach(Write::run);
                return parts.get(false);
            } catch (RuntimeException e) {
                if (Outage.isCauseOf(e)) {
                    throw e;
                }
                status.setRollbackOnly();
                return writes;
            }
        });
    }

    /** All groups before anything else, and none that has to be waited for: all that come meanwhile would wait with it. */
    private Set<UUID> lock(List<Write<?>> writes) {
        Set<UUID> locked = new HashSet<>();
        Batches.query(
                database,
                "select id from finding_group where id = any(?) for update skip locked",
                writes.stream()
                        .map(write -> write.place.group())
                        .filter(Objects::nonNull)
                        .toList(),
                row -> locked.add(row.getObject(1, UUID.class)));
        return locked;
    }

    private void writeAlone(List<Write<?>> writes) {
        RuntimeException gone = null;
        for (Write<?> write : writes) {
            if (gone != null) {
                // Each by itself would wait for the ledger as long as the one before.
                write.fail(gone);
                continue;
            }
            try {
                database.transaction().executeWithoutResult(status -> write.run());
                write.turn.complete(false);
            } catch (RuntimeException | Error e) {
                write.fail(e);
                gone = e instanceof RuntimeException failure && Outage.isCauseOf(failure) ? failure : null;
            }
        }
    }
}
