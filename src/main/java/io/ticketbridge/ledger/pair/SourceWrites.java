package io.ticketbridge.ledger.pair;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupCase;
import java.sql.Types;
import java.time.Clock;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** What was written to Vision One, and why: kept for whoever asks (P14). */
public final class SourceWrites {
    private final LedgerDatabase database;
    private final Clock clock;

    public SourceWrites(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return the write's number, for {@link #ended} */
    public long sending(GroupCase claimed, String kind, String reason, String request) {
        var key = new GeneratedKeyHolder();
        database.client()
                .sql(
                        """
                        insert into source_write (group_id, generation, flow, run_id, kind, reason, state, sent_at, request)
                        values (:group, :generation, :flow, :run, :kind, :reason, 'sent', :now, :request)""")
                .param("group", claimed.group().id())
                .param("generation", claimed.latest().orElseThrow().generation())
                .param("flow", claimed.group().flow())
                .param("run", claimed.group().runId())
                .param("kind", kind)
                .param("reason", Text.cut(reason, 1000))
                .param("now", Times.sql(clock.instant()))
                .param("request", Text.cut(request))
                .update(key, "id");
        return key.getKey().longValue();
    }

    /** What was sent. */
    public String request(long write) {
        return database.client()
                .sql("select request from source_write where id = :id")
                .param("id", write)
                .query(String.class)
                .single();
    }

    /** @param state {@code done} or {@code refused} */
    public void ended(long write, String state, String answer) {
        database.client()
                .sql("update source_write set state = :state, ended_at = :now, answer = :answer where id = :id")
                .param("state", state)
                .param("now", Times.sql(clock.instant()))
                .param("answer", Text.cut(answer, 4000), Types.VARCHAR)
                .param("id", write)
                .update();
    }
}
