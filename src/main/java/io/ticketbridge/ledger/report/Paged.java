package io.ticketbridge.ledger.report;

import java.util.List;
import java.util.function.Function;

/**
 * Rows of a table, and what the next ones are asked by.
 *
 * @param next the key of the next page; null if this is the last
 */
public record Paged<T>(List<T> rows, String next) {
    /** @param found one row more than fits, if there are more */
    static <T> Paged<T> of(List<T> found, int most, Function<T, String> key) {
        return found.size() <= most
                ? new Paged<>(found, null)
                : new Paged<>(List.copyOf(found.subList(0, most)), key.apply(found.get(most - 1)));
    }
}
