package io.ticketbridge.source;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The pages of one scan that were read and not yet taken: one thread reads, another takes. */
public final class PagesAhead {
    /** What one page waits while another is read and a third is worked on: more would only cost memory (P36). */
    private static final int MOST = 2;

    private static final Object END = new Object();

    private record Failure(Exception cause) {}

    private final BlockingQueue<Object> pages = new ArrayBlockingQueue<>(MOST);
    private volatile boolean over;
    private Object next;

    /** Waits until it is known. */
    public boolean isHasNext() throws InterruptedException {
        while (next == null) {
            next = pages.poll(1, TimeUnit.SECONDS);
            if (next == null && over && pages.isEmpty()) {
                throw new RejectedExecutionException("Reading was broken off");
            }
        }
        return next != END;
    }

    /** @throws Exception what reading the page failed with */
    Object next() throws Exception {
        if (!isHasNext()) {
            throw new IllegalStateException("There is no further page");
        }
        Object page = next;
        next = null;
        if (page instanceof Failure failure) {
            next = END;
            throw failure.cause();
        }
        return page;
    }

    /** Reads on until all is read, something fails, or nobody takes the pages any more. */
    void read(Paged source, Call call) throws InterruptedException {
        try {
            while (source.hasNext() && !over) {
                put(source.accept(call.answer(source.nextCall())));
            }
            put(END);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            put(new Failure(e));
        } catch (StackOverflowError | OutOfMemoryError e) {
            put(new Failure(new UnexpectedAnswer("A page can't be worked on: " + e)));
        } finally {
            over = true;
        }
    }

    private void put(Object page) throws InterruptedException {
        while (!over && !pages.offer(page, 1, TimeUnit.SECONDS)) {
            // Whoever takes them is busy.
        }
    }

    void stop() {
        over = true;
        pages.clear();
    }

    /** How a page is asked for. */
    interface Call {
        Object answer(Object question) throws Exception;
    }
}
