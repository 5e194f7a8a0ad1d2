package io.ticketbridge.ledger.intake;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.run.Run;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** The findings files that a flow has read, by their content: a copy of the last one is not read again. */
public final class FilesRead {
    private final LedgerDatabase database;
    private final Clock clock;

    public FilesRead(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether the last one had so many bytes; only then it is worth while to look at its content. */
    public boolean hasSize(String flow, long size) {
        return last(flow).filter(last -> last.size() == size).isPresent();
    }

    /** @return the name of the last one, if it has this content */
    public Optional<String> nameOf(String flow, String digest) {
        return last(flow).filter(last -> last.digest().equals(digest)).map(Last::name);
    }

    /** Whether somebody waits for a scan that says the same once more. */
    public boolean isAwaited(String flow) {
        return AwaitedScans.isAwaited(database, flow);
    }

    private record Last(String name, String digest, long size) {}

    private Optional<Last> last(String flow) {
        return database.client()
                .sql(
                        """
                        select name, digest, size from intake where state = 'read' and flow = :flow
                        order by state desc, flow desc, number desc limit 1""")
                .param("flow", flow)
                .query((row, number) -> new Last(row.getString("name"), row.getString("digest"), row.getLong("size")))
                .optional();
    }

    public void add(Run run, String name, String digest, long size) {
        if (nameOf(run.flow(), digest).isEmpty()) {
            try {
                database.transaction().executeWithoutResult(status -> {
                    setAside(run.flow(), digest);
                    insert(run, name, digest, size);
                });
            } catch (DuplicateKeyException e) {
                // Another process has read the same just now.
            }
        }
    }

    /** Others were read since: this content is the last from now on. */
    private void setAside(String flow, String digest) {
        database.client()
                .sql(
                        """
                        update intake set digest = digest || '-' || cast(number as varchar(20))
                        where flow = :flow and digest = :digest and state = 'read'""")
                .param("flow", flow)
                .param("digest", digest)
                .update();
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
