package io.ticketbridge.ledger.intake;

import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * What was sent over HTTP: kept, before its sender is told so. The same bytes in a row are taken in once, as a sender sends them again
 * that got no answer; behind others they say that things are again as they were, and where a scan is awaited, that it is still so. Safe for
 * threads.
 */
public final class Intakes {
    private static final int TRIES = 5;

    /** Others were taken in since. */
    static final String FOLLOWED =
            """
            exists (select 1 from intake n where n.flow = i.flow and n.number > i.number and n.state <> 'failed'
              and n.digest <> :digest)""";

    /** @param repeated whether it was there already, so that nothing more is read */
    public record Taken(UUID id, boolean repeated) {}

    /**
     * What was sent.
     *
     * @param digest of its bytes, in hex
     * @param complete whether it is a whole scan (P11)
     * @param again whether it is read although the same bytes were read before
     * @param size in bytes, as it was sent
     * @param packed whether it is gzip
     */
    public record Sent(String flow, String digest, boolean complete, boolean again, long size, boolean packed) {
        private Sent onceMore() {
            return new Sent(flow, digest, complete, true, size, packed);
        }
    }

    /** Opens the bytes of a body. */
    public interface Body {
        InputStream open() throws IOException;
    }

    /** @param state {@code waiting}, {@code reading}, {@code read} or {@code failed} */
    public record Known(
            UUID id,
            String state,
            boolean complete,
            long size,
            Instant receivedAt,
            Instant endedAt,
            String error,
            Long run,
            long findings,
            Map<String, Object> account) {}

    private final LedgerDatabase database;
    private final IntakeParts parts;
    private final Clock clock;

    public Intakes(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.parts = new IntakeParts(database);
        this.clock = clock;
    }

    /** Keeps a body; when this returns it is durable. What can't be kept leaves nothing behind. */
    public Taken keep(Sent sent, Body body) {
        Taken taken = keepOnce(sent, body);
        return taken.repeated() && AwaitedScans.isAwaited(database, sent.flow())
                ? keepOnce(sent.onceMore(), body)
                : taken;
    }

    private Taken keepOnce(Sent sent, Body body) {
        for (int tries = 1; ; tries++) {
            Optional<Taken> known = known(sent);
            if (known.isPresent()) {
                return known.get();
            }
            try {
                return database.transaction().execute(status -> insert(sent, body));
            } catch (DuplicateKeyException | PessimisticLockingFailureException e) {
                // Somebody sends the same at this moment: who came first is there at the next look.
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** What says no less is there already. What failed gets another try: its sender sends it again for that. */
    private Optional<Taken> known(Sent sent) {
        return database.client()
                .sql(
                        """
                        select id, state from intake i where flow = :flow and digest = :digest and (complete or not :complete)
                          and not\s"""
                                + FOLLOWED
                                + " order by number desc limit 1")
                .param("flow", sent.flow())
                .param("digest", sent.digest())
                .param("complete", sent.complete())
                .query((row, number) -> Map.entry(row.getObject("id", UUID.class), row.getString("state")))
                .optional()
                .flatMap(last -> switch (last.getValue()) {
                    case "failed" -> Optional.of(new Taken(last.getKey(), !revive(last.getKey())));
                    case "read" -> sent.again() ? Optional.empty() : Optional.of(new Taken(last.getKey(), true));
                    default -> Optional.of(new Taken(last.getKey(), true));
                });
    }

    private boolean revive(UUID id) {
        return database.client()
                        .sql(
                                "update intake set state = 'waiting', ended_at = null, error = null where id = :id and state = 'failed'")
                        .param("id", id)
                        .update()
                > 0;
    }

    /** The row comes last, so that who sends the same waits no longer than a commit takes. */
    private Taken insert(Sent sent, Body body) {
        UUID id = UUID.randomUUID();
        try (InputStream bytes = body.open()) {
            parts.write(id, bytes, sent.packed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        setAside(sent);
        database.client()
                .sql(
                        """
                        insert into intake (id, flow, name, digest, complete, size, state, received_at)
                        values (:id, :flow, :name, :digest, :complete, :size, 'waiting', :now)""")
                .param("id", id)
                .param("flow", sent.flow())
                .param("name", id.toString())
                .param("digest", sent.digest())
                .param("complete", sent.complete())
                .param("size", sent.size())
                .param("now", Times.sql(clock.instant()))
                .update();
        return new Taken(id, false);
    }

    /** Makes room for the same bytes where they are read once more. */
    private void setAside(Sent sent) {
        database.client()
                .sql(
                        """
                        update intake i set digest = digest || '-' || cast(number as varchar(20))
                        where flow = :flow and digest = :digest and (state = 'read' and :again or\s"""
                                + FOLLOWED
                                + ")")
                .param("flow", sent.flow())
                .param("digest", sent.digest())
                .param("again", sent.again())
                .update();
    }

    /** What became of one; empty if the flow has no such. */
    public Optional<Known> find(String flow, UUID id) {
        return database.client()
                .sql(
                        """
                        select i.id, i.state, i.complete, i.size, i.received_at, i.ended_at, i.error, i.run_id,
                            r.read_count, case when r.state = 'done' then r.account end as account
                        from intake i left join run r on r.id = i.run_id
                        where i.flow = :flow and i.id = :id""")
                .param("flow", flow)
                .param("id", id)
                .query((row, number) -> new Known(
                        row.getObject("id", UUID.class),
                        row.getString("state"),
                        row.getBoolean("complete"),
                        row.getLong("size"),
                        Times.of(row, "received_at"),
                        Times.of(row, "ended_at"),
                        row.getString("error"),
                        row.getObject("run_id", Long.class),
                        row.getLong("read_count"),
                        row.getString("account") == null ? Map.of() : Json.map(row.getString("account"))))
                .optional();
    }

    /** When the oldest of those that are not read yet came, by flow. */
    public static Map<String, Instant> waitingSince(LedgerDatabase database) {
        Map<String, Instant> since = new TreeMap<>();
        database.jdbc()
                .query(
                        "select flow, min(received_at) as at from intake where state in ('waiting', 'reading') group by flow",
                        row -> {
                            since.put(row.getString("flow"), Times.of(row, "at"));
                        });
        return since;
    }

    /** How many are not read yet, by flow. */
    public static Map<String, Long> waiting(LedgerDatabase database) {
        Map<String, Long> waiting = new TreeMap<>();
        database.jdbc()
                .query("select flow, count(*) from intake where state in ('waiting', 'reading') group by flow", row -> {
                    waiting.put(row.getString(1), row.getLong(2));
                });
        return waiting;
    }
}
