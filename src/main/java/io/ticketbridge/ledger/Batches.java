package io.ticketbridge.ledger;

import java.util.List;
import java.util.function.Consumer;

/** Cuts long lists, so that no statement and no transaction grows with the ledger. */
final class Batches {
    private static final int SIZE = 500;

    private Batches() {}

    static <T> void of(List<T> all, Consumer<List<T>> write) {
        for (int start = 0; start < all.size(); start += SIZE) {
            write.accept(all.subList(start, Math.min(start + SIZE, all.size())));
        }
    }
}
