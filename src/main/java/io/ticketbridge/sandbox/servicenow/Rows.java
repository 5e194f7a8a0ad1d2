package io.ticketbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The rows of one table, by sys_id and by the columns that the dictionary marks as indexed. */
final class Rows {

    private final Map<String, Row> bySysId = new ConcurrentHashMap<>();
    // Ordered by the sys_id read backwards: stable, yet neither the order of insertion nor of any column.
    private final Map<String, Row> scrambled = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, List<String>>> indexes = new ConcurrentHashMap<>();

    private final AtomicLong writes = new AtomicLong();

    void put(Row row) {
        Row before = bySysId.put(row.sysId(), row);
        scrambled.put(backwards(row.sysId()), row);
        for (Column column : row.table.indexed()) {
            String value = key(row.get(column.name()));
            String old = before == null ? "" : key(before.get(column.name()));
            if (!value.equals(old)) {
                unindex(column.name(), old, row.sysId());
                index(column.name(), value, row.sysId());
            }
        }
        writes.incrementAndGet();
    }

    void remove(Row row) {
        bySysId.remove(row.sysId());
        scrambled.remove(backwards(row.sysId()));
        row.table.indexed().forEach(column -> unindex(column.name(), key(row.get(column.name())), row.sysId()));
        writes.incrementAndGet();
    }

    long version() {
        return writes.get();
    }

    Row bySysId(String sysId) {
        return bySysId.get(sysId);
    }

    Collection<Row> all() {
        return scrambled.values();
    }

    List<Row> lookup(String column, String value) {
        List<String> ids = column.equals("sys_id")
                ? List.of(key(value))
                : indexes.getOrDefault(column, Map.of()).getOrDefault(key(value), List.of());
        List<Row> found = new ArrayList<>(ids.size());
        for (String id : ids) {
            Row row = bySysId.get(id);
            if (row != null) {
                found.add(row);
            }
        }
        return found;
    }

    private void index(String column, String value, String sysId) {
        if (!value.isEmpty()) {
            indexes.computeIfAbsent(column, name -> new ConcurrentHashMap<>()).merge(value, List.of(sysId), Rows::both);
        }
    }

    private void unindex(String column, String value, String sysId) {
        if (!value.isEmpty()) {
            indexes.getOrDefault(column, Map.of()).computeIfPresent(value, (key, ids) -> {
                List<String> left = ids.stream().filter(id -> !id.equals(sysId)).toList();
                return left.isEmpty() ? null : left;
            });
        }
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static String key(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    /** The key of the order that rows have when nobody asks for one. */
    static String backwards(String sysId) {
        return new StringBuilder(sysId).reverse().toString();
    }
}
