package io.ticketbridge.ledger;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** The findings files that a flow has read, by their content: a copy of one is not read again. */
public final class FilesRead {
    private final LedgerDatabase database;
    private final Clock clock;

    public FilesRead(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether there is one of so many bytes; only then it is worth while to look at its content. */
    public boolean hasSize(String flow, long size) {
        return !database.client()
                .sql("select 1 from intake where flow = :flow and size = :size and state = 'read' limit 1")
                .param("flow", flow)
                .param("size", size)
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    /** @return the name of the one with this content */
    public Optional<String> nameOf(String flow, String digest) {
        return database
                .client()
                .sql("select name from intake where flow = :flow and digest = :digest and state = 'read'")
                .param("flow", flow)
                .param("digest", digest)
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    public void add(Run run, String name, String digest, long size) {
        if (nameOf(run.flow(), digest).isEmpty()) {
            try {
                insert(run, name, digest, size);
            } catch (DuplicateKeyException e) {
                // Another process has read the same just now.
            }
        }
    }

    private void insert(Run run, String name, String digest, long size) {
        database.client()
                .sql(
                        """
                        insert into intake (id, flow, name, digest, complete, size, state, received_at, run_id, ended_at)
                        values (:id, :flow, :name, :digest, true, :size, 'read', :now, :run, :now)""")
                .param("id", UUID.randomUUID())
                .param("flow", run.flow())
                .param("name", Text.cut(name, 1000))
                .param("digest", digest)
                .param("size", size)
                .param("now", Times.sql(clock.instant()))
                .param("run", run.id())
                .update();
    }
}
