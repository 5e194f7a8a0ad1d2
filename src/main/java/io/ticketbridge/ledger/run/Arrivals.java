package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.run.Arrival.Stretch;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each run was taken from each partition. It moves in the transaction of the page, by comparing and setting, so that each
 * record counts once: whatever a topic delivers again, and whoever was taken for dead and goes on.
 */
public final class Arrivals {
    private final LedgerDatabase database;

    public Arrivals(LedgerDatabase database) {
        this.database = database;
    }

    /** What of an arrival nobody has taken yet. */
    public Arrival untaken(Arrival arrival) {
        Map<String, Long> next = new HashMap<>();
        database.jdbc()
                .query(
                        "select place, next_offset from arrival where run_id = ?",
                        row -> {
                            next.put(row.getString(1), row.getLong(2));
                        },
                        arrival.run());
        return next.isEmpty() ? arrival : arrival.from(next);
    }

    /**
     * Inside the page's transaction.
     *
     * @throws TakenByAnother if a record of it is in the ledger already
     */
    void move(Arrival arrival) {
        arrival.stretches().forEach((place, stretch) -> move(arrival.run(), place, stretch));
    }

    private void move(long run, String place, Stretch stretch) {
        int moved = database.jdbc()
                .update(
                        "update arrival set next_offset = ? where run_id = ? and place = ? and next_offset <= ?",
                        stretch.next(),
                        run,
                        place,
                        stretch.first());
        if (moved == 0) {
            // Whoever is the second to write the first of a partition fails on the key, and looks again.
            int there = database.jdbc()
                    .queryForObject(
                            "select count(*) from arrival where run_id = ? and place = ?", Integer.class, run, place);
            if (there > 0) {
                throw new TakenByAnother(place, stretch.first());
            }
            database.jdbc()
                    .update(
                            "insert into arrival (run_id, place, next_offset) values (?, ?, ?)",
                            run,
                            place,
                            stretch.next());
        }
    }

    /** Workers have come so far, whatever they found: whoever waits for them sees that they are at it. */
    public void passed(Map<String, Long> next) {
        next.forEach((place, offset) -> {
            int known = database.jdbc()
                    .update("update arrival_position set next_offset = ? where place = ?", offset, place);
            if (known == 0) {
                database.jdbc()
                        .update("insert into arrival_position (place, next_offset) values (?, ?)", place, offset);
            }
        });
    }

    /** What is left of runs that are over is left alone because of that. */
    void forget() {
        database.jdbc().update("delete from arrival where run_id not in (select id from run where state = 'reading')");
    }
}
