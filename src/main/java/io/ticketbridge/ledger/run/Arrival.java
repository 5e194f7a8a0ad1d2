package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records of one run that came from a topic, to be written as one page.
 *
 * @param baseline whether the run is the first of its scope (P13)
 * @param records in the order of each partition
 */
public record Arrival(long run, boolean baseline, List<Record> records) {
    /**
     * A record and where it was.
     *
     * @param place the topic and the partition, as {@code topic/3}
     * @param before the worst that the scan had said of the same identity before
     */
    public record Record(String place, long offset, SourceRecord record, Result before) {}

    /** From the first record of a partition to behind the last. */
    record Stretch(long first, long next) {
        private Stretch and(Stretch other) {
            return new Stretch(Math.min(first, other.first), Math.max(next, other.next));
        }
    }

    public Arrival {
        records = once(records);
    }

    /** Who gets its partitions anew in the middle of a batch may be given the same twice. */
    private static List<Record> once(List<Record> records) {
        Map<String, Long> next = new HashMap<>();
        List<Record> once = new ArrayList<>(records.size());
        for (Record each : records) {
            if (each.offset() >= next.getOrDefault(each.place(), 0L)) {
                once.add(each);
                next.put(each.place(), each.offset() + 1);
            }
        }
        return List.copyOf(once);
    }

    public List<SourceRecord> findings() {
        return records.stream().map(Record::record).toList();
    }

    /** In the order of the places, so that two workers can't lock them crosswise. */
    Map<String, Stretch> stretches() {
        Map<String, Stretch> stretches = new TreeMap<>();
        records.forEach(
                each -> stretches.merge(each.place(), new Stretch(each.offset(), each.offset() + 1), Stretch::and));
        return stretches;
    }

    /** What is left of it where a part was taken before. */
    Arrival from(Map<String, Long> next) {
        return new Arrival(
                run,
                baseline,
                records.stream()
                        .filter(each -> each.offset() >= next.getOrDefault(each.place(), 0L))
                        .toList());
    }

    Map<Finding, Result> before() {
        Map<Finding, Result> before = new IdentityHashMap<>();
        for (Record each : records) {
            if (each.record() instanceof Finding finding) {
                before.put(finding, each.before());
            }
        }
        return before;
    }
}
