package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.source.UnexpectedAnswer;
import io.ticketbridge.source.visionone.ItemWithNotes.Unread;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What has notes that can't be read, in one pass: it is left out, and the others go on. What may be a fault of Vision One as a whole
 * fails the page. One thread reads the pages.
 */
public final class UnreadNotes {
    /** So many, one after the other, are no longer a matter of single ones. */
    private static final int MOST = 3;

    private static final Set<Integer> OF_ALL = Set.of(401, 407, 429);
    /** Any number of them may follow each other, as of cases that were merged at once: were that to fail the pass, it would for good. */
    private static final Set<Integer> OF_ONE = Set.of(400, 404, 410);

    private int inARow;
    private boolean anyRead;

    /** An answer that was cut is none: the next one may be whole. */
    static boolean mayBeOfOne(Exception error) {
        return error instanceof JacksonException && !(error instanceof JsonEOFException)
                || error instanceof UnexpectedAnswer
                || error instanceof HttpOperationFailedException http && !isOfAll(http.getStatusCode());
    }

    /** A redirect is a portal's on the way. */
    private static boolean isOfAll(int status) {
        return OF_ALL.contains(status) || status / 100 == 3;
    }

    /** Those of an item have come. */
    void read() {
        inARow = 0;
        anyRead = true;
    }

    /** @throws UnexpectedAnswer if too many before it could not be read either */
    ItemWithNotes add(ItemWithNotes item, Exception error) {
        Unread unread = new Unread(
                Causes.sentence(error),
                error instanceof HttpOperationFailedException http && OF_ONE.contains(http.getStatusCode()));
        inARow = unread.isOfItAlone() ? 0 : inARow + 1;
        if (inARow == MOST) {
            throw tooMany(unread);
        }
        return item.without(unread);
    }

    /** @throws UnexpectedAnswer if this pass has nothing yet by which to see that it is a matter of single ones */
    void pageRead(List<ItemWithNotes> page) {
        List<Unread> unread = page.stream()
                .map(ItemWithNotes::unread)
                .filter(Objects::nonNull)
                .toList();
        if (!anyRead && !unread.isEmpty() && unread.stream().noneMatch(Unread::isOfItAlone)) {
            throw tooMany(unread.get(0));
        }
    }

    private static UnexpectedAnswer tooMany(Unread unread) {
        return new UnexpectedAnswer("Notes can't be read: " + unread.why());
    }
}
