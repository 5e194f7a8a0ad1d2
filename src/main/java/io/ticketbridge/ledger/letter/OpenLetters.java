package io.ticketbridge.ledger.letter;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dead letters that nobody has replayed or put aside. Reads only. */
public final class OpenLetters {
    private final LedgerDatabase database;

    public OpenLetters(LedgerDatabase database) {
        this.database = database;
    }

    /** Those that nobody has replayed, the oldest first. */
    public List<DeadLetter> of(int most) {
        return of(Choice.ALL, 0, most);
    }

    /**
     * Those of the choice that nobody has replayed, the oldest first.
     *
     * @param after only letters with a greater number
     */
    public List<DeadLetter> of(Choice choice, long after, int most) {
        return database.client()
                .sql(
                        "select " + Columns.DEAD_LETTER + " "
                                + """
                        from dead_letter where replayed_at is null and id > :after
                          and (class = :kind or :kind = '') and (id in (:ids) or :all)
                        order by id limit :most""")
                .param("after", after)
                .param("kind", choice.kind())
                .param("ids", choice.ids().isEmpty() ? List.of(0L) : choice.ids())
                .param("all", choice.ids().isEmpty())
                .param("most", most)
                .query((row, number) -> letter(row))
                .list();
    }

    /** Records of the flow that died before the run began and that nobody has replayed, the oldest first. */
    public List<DeadLetter> before(String flow, long run, long after, int most) {
        return database.client()
                .sql(
                        "select " + Columns.DEAD_LETTER + " "
                                + """
                        from dead_letter where replayed_at is null and id > :after
                          and flow = :flow and stage = 'read' and run_id < :run
                        order by id limit :most""")
                .param("after", after)
                .param("flow", flow)
                .param("run", run)
                .param("most", most)
                .query((row, number) -> letter(row))
                .list();
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("flow"),
                row.getLong("run_id"),
                row.getString("stage"),
                row.getString("class"),
                row.getObject("group_id", UUID.class),
                row.getObject("generation", Integer.class),
                row.getString("note_id"),
                row.getString("error"),
                row.getString("raw"),
                row.getString("answer"),
                Times.of(row, "died_at"));
    }

    /** The numbers of those of the choice that nobody has replayed. */
    public List<Long> numbers(Choice choice) {
        return chosen("select id from dead_letter ", choice).query(Long.class).list();
    }

    /** The flows that those are of. */
    public Set<String> flows(Choice choice) {
        return new TreeSet<>(chosen("select flow from dead_letter ", choice)
                .query(String.class)
                .list());
    }

    private JdbcClient.StatementSpec chosen(String select, Choice choice) {
        return database.client()
                .sql(
                        select
                                + """
                        where replayed_at is null and (class = :kind or :kind = '')
                          and (id in (:ids) or :all) order by id""")
                .param("kind", choice.kind())
                .param("ids", choice.ids().isEmpty() ? List.of(0L) : choice.ids())
                .param("all", choice.ids().isEmpty());
    }

    public long count() {
        return database.client()
                .sql("select count(*) from dead_letter where replayed_at is null")
                .query(Long.class)
                .single();
    }

    /** The greatest number there is, 0 if none. */
    public long newest() {
        return database.client()
                .sql("select coalesce(max(id), 0) from dead_letter")
                .query(Long.class)
                .single();
    }

    /** How many there are of each class, by class. */
    public Map<String, Long> countByClass() {
        Map<String, Long> counts = new TreeMap<>();
        database.jdbc()
                .query("select class, count(*) from dead_letter where replayed_at is null group by class", row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /** What ServiceNow did not take of a write to the group's ticket, as its letter says it; empty if there is none. */
    public Optional<String> notTaken(UUID group) {
        return database.client()
                .sql(
                        """
                        select error from dead_letter where group_id = :group and class = :kind and replayed_at is null
                          and raw <> '' order by id desc limit 1""")
                .param("group", group)
                .param("kind", DeadLetters.NOT_TAKEN)
                .query(String.class)
                .optional();
    }

    /** Whether nobody has replayed one of that class for the group. */
    public boolean has(UUID group, String kind) {
        return database.client()
                        .sql(
                                "select count(*) from dead_letter where group_id = :group and class = :kind and replayed_at is null")
                        .param("group", group)
                        .param("kind", kind)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
