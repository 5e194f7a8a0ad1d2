package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.util.Optional;

/** How far each flow has read its source. Moved only when everything before it is durable (P1). */
public final class Watermarks {
    private final LedgerDatabase database;
    private final Clock clock;

    public Watermarks(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Optional<String> of(String flow) {
        return database.client()
                .sql("select position from watermark where flow = :flow")
                .param("flow", flow)
                .query(String.class)
                .optional();
    }

    public void move(String flow, String position) {
        database.transaction().executeWithoutResult(status -> {
            int moved = database.client()
                    .sql("update watermark set position = :position, moved_at = :now where flow = :flow")
                    .param("position", position)
                    .param("now", Times.sql(clock.instant()))
                    .param("flow", flow)
                    .update();
            if (moved == 0) {
                database.client()
                        .sql("insert into watermark (flow, position, moved_at) values (:flow, :position, :now)")
                        .param("flow", flow)
                        .param("position", position)
                        .param("now", Times.sql(clock.instant()))
                        .update();
            }
        });
    }
}
