package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ticket.Head;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What breakers and open circuits hold (P11, P12). Reads only. */
public final class HeldList {

    /** So many groups of a flow are held for one reason. */
    public record Count(String flow, String reason, long groups) {}

    /** One of them. */
    public record Row(UUID id, String flow, String reason, String title, String label, String severity) {}

    private final LedgerDatabase database;

    public HeldList(LedgerDatabase database) {
        this.database = database;
    }

    public List<Count> counts() {
        return database.client()
                .sql(
                        """
                        select flow, held, count(*) as groups_held from finding_group where held >= ''
                        group by flow, held order by flow, held""")
                .query((row, number) ->
                        new Count(row.getString("flow"), row.getString("held"), row.getLong("groups_held")))
                .list();
    }

    /** @param after the id behind which the page begins; null for the first */
    public Paged<Row> groups(UUID after, int most) {
        List<Row> found = database.client()
                .sql(
                        """
                        select id, flow, held, label, head from finding_group where held >= '' and id > :after
                        order by id limit :most""")
                .param("after", after == null ? new UUID(0, 0) : after)
                .param("most", most + 1)
                .query((row, number) -> {
                    Head head = Json.head(row.getString("head"));
                    return new Row(
                            row.getObject("id", UUID.class),
                            row.getString("flow"),
                            row.getString("held"),
                            head.title().isBlank() ? row.getString("label") : head.title(),
                            row.getString("label"),
                            head.severity().name().toLowerCase(Locale.ROOT));
                })
                .list();
        return Paged.of(found, most, row -> row.id().toString());
    }
}
