package io.ticketbridge.source;

import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The pages of one scan that were read and not yet taken: one thread reads, another takes. */
public final class PagesAhead {
    /**
     * As much as is worked on together: with less, one of the two threads would wait for the other. Pages may be small or large, and
     * more records would only cost memory (P36).
     */
    private static final int MOST_RECORDS = 1000;

    /** So that of the largest pages one waits while another is read. */
    private static final int MOST_OF_A_PAGE = MOST_RECORDS / 2;

    private static final Object END = new Object();

    private record Failure(Exception cause) {}

    private final Semaphore room = new Semaphore(MOST_RECORDS);
    private final BlockingQueue<Object> pages = new LinkedBlockingQueue<>();
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
        room.release(records(page));
        if (page instanceof Failure failure) {
            next = END;
            throw failure.cause();
        }
        return page;
    }

    /** Reads on until all is read, something fails, or nobody takes the pages any more. */
    void read(PagedSource source, Call call) throws InterruptedException {
        try {
            while (source.hasNext() && !over) {
                put(source.accept(call.answer(source.nextCall())));
            }
            put(END);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            put(new Failure(e));
        } catch (Error e) {
            put(new Failure(new UnexpectedAnswer("A page can't be worked on: " + e)));
        } finally {
            over = true;
        }
    }

    private void put(Object page) throws InterruptedException {
        boolean hasRoom = false;
        while (!over && !hasRoom) {
            // Whoever takes them may be busy.
            hasRoom = room.tryAcquire(records(page), 1, TimeUnit.SECONDS);
        }
        if (hasRoom) {
            pages.add(page);
        }
    }

    /** What is no list may be of any size. */
    private static int records(Object page) {
        return page instanceof Collection<?> records
                ? Math.max(1, Math.min(records.size(), MOST_OF_A_PAGE))
                : MOST_OF_A_PAGE;
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
