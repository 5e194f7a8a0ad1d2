package io.ticketbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Runs an encoded query: through an index where one fits, else over every row, and sorts no more than the page needs. */
final class Search {

    /** One page, and how many records match in all. */
    record Found(List<Row> page, int total) {}

    private final Store store;

    Search(Store store) {
        this.store = store;
    }

    Found run(TableDefinition table, EncodedQuery query, int offset, int limit, Comparator<Row> unordered) {
        List<Row> matches = new ArrayList<>();
        for (Collection<Row> rows : candidates(table, query)) {
            for (Row row : rows) {
                if (query.matches(row)) {
                    matches.add(row);
                }
            }
        }
        Comparator<Row> order = query.comparator(store);
        order = order == null ? unordered : order;
        return new Found(page(matches, order, offset, limit), matches.size());
    }

    private List<? extends Collection<Row>> candidates(TableDefinition table, EncodedQuery query) {
        List<Condition> indexed = query.indexed();
        if (indexed.isEmpty()) {
            return store.all(table);
        }
        Map<String, Row> rows = new TreeMap<>();
        for (Condition condition : indexed) {
            for (String value : condition.lookups()) {
                store.lookup(table, condition.field().text, value)
                        .forEach(row -> rows.put(Rows.backwards(row.sysId()), row));
            }
        }
        return List.of(rows.values());
    }

    private static List<Row> page(List<Row> matches, Comparator<Row> order, int offset, int limit) {
        int from = Math.min(offset, matches.size());
        int to = (int) Math.min((long) offset + limit, matches.size());
        if (order == null) {
            return matches.subList(from, to);
        }
        if (to < matches.size() / 4) {
            return smallest(matches, order, to).subList(from, to);
        }
        matches.sort(order);
        return matches.subList(from, to);
    }

    private static List<Row> smallest(List<Row> matches, Comparator<Row> order, int count) {
        PriorityQueue<Row> best = new PriorityQueue<>(count + 1, order.reversed());
        for (Row row : matches) {
            if (best.size() < count) {
                best.add(row);
            } else if (count > 0 && order.compare(row, best.peek()) < 0) {
                best.poll();
                best.add(row);
            }
        }
        List<Row> sorted = new ArrayList<>(best);
        sorted.sort(order);
        return sorted;
    }
}
