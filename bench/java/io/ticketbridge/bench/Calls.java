package io.ticketbridge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The same call again and again, so many times in all, by so many threads at once. */
final class Calls {
    interface Call {
        void make() throws Exception;
    }

    private Calls() {}

    static void make(int times, int atOnce, Call call) throws Exception {
        AtomicInteger left = new AtomicInteger(times);
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < atOnce; thread++) {
                ends.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        twice(call);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Against an instance that answers at once the JDK's client now and then closes a connection that it has just taken from its pool. */
    private static void twice(Call call) throws Exception {
        try {
            call.make();
        } catch (IOException e) {
            call.make();
        }
    }
}
