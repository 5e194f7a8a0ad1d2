package io.ticketbridge.ledger.identity;

import io.ticketbridge.ledger.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a flow has read, one system after the other, as far as findings of it may still fail. The last is the one that it reads now.
 */
public record OriginHistory(List<Reading> readings) {
    /** So many are remembered: what is kept of them has to fit. */
    private static final int MOST = 6;

    record Reading(Origin origin, Instant since) {}

    /** The findings that came up in that time are of that origin. */
    public record Period(Origin origin, Instant from, Instant until) {
        public boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    /** What a flow has always read. */
    static OriginHistory of(Origin origin) {
        return new OriginHistory(List.of(new Reading(origin, Instant.EPOCH)));
    }

    /** As the ledger keeps it. */
    public static OriginHistory of(String text) {
        return Json.read(text, OriginHistory.class);
    }

    Origin now() {
        return readings.get(readings.size() - 1).origin();
    }

    /** From then on the flow reads that. */
    public OriginHistory reads(Origin origin, Instant from) {
        List<Reading> all = new ArrayList<>(readings);
        all.add(new Reading(origin, from));
        return joined(all);
    }

    /** The two are one and the same system. */
    OriginHistory renamed(Origin before, Origin now) {
        return joined(readings.stream()
                .map(each -> each.origin().equals(before) ? new Reading(now, each.since()) : each)
                .toList());
    }

    /** Of what follows itself the last is kept, which may say more, since the first. */
    private static OriginHistory joined(List<Reading> all) {
        List<Reading> joined = new ArrayList<>();
        for (Reading each : all) {
            int last = joined.size() - 1;
            if (last >= 0 && each.origin().isSameAs(joined.get(last).origin())) {
                joined.set(last, new Reading(each.origin(), joined.get(last).since()));
            } else {
                joined.add(each);
            }
        }
        return new OriginHistory(List.copyOf(joined.subList(Math.max(0, joined.size() - MOST), joined.size())));
    }

    /** Whether what was read before and what is read now may name the same findings: neither has a scope of its own. */
    boolean mayShare() {
        return now().scope().isEmpty()
                && former().stream().anyMatch(period -> period.origin().scope().isEmpty());
    }

    /** When it read what it does not read now. */
    public List<Period> former() {
        List<Period> former = new ArrayList<>();
        for (int i = 0; i < readings.size() - 1; i++) {
            if (!readings.get(i).origin().isSameAs(now())) {
                former.add(new Period(
                        readings.get(i).origin(),
                        readings.get(i).since(),
                        readings.get(i + 1).since()));
            }
        }
        return former;
    }
}
