package io.ticketbridge.ledger.ticket;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Streamed;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Listed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The findings of a group, as its ticket lists them. */
public final class GroupFindings {
    private static final String COLUMNS =
            """
            select account, region, check_id, resource_uid, resource_name, resource_type, severity, message, first_seen,
                suppression
            from finding where group_id = :group and accepted_in is null""";
    private static final String ORDER = " order by severity desc, account, resource_name, resource_uid, check_id";

    private final LedgerDatabase database;

    public GroupFindings(LedgerDatabase database) {
        this.database = database;
    }

    /** Those that fail, the worst first, at most so many. */
    public List<Listed> failing(UUID group, int most) {
        return list(" and result = 0", group, 0, most);
    }

    /** Those that fail and that the ticket does not list yet. */
    public List<Listed> joined(GroupState group, int most) {
        return list(" and result = 0 and not listed and version > :shown", group.id(), group.shown(), most);
    }

    /** Those that the ticket lists and that fail no more, nor are suppressed. */
    public List<Listed> fixed(GroupState group, int most) {
        return list(" and result in (1, 2) and listed and version > :shown", group.id(), group.shown(), most);
    }

    /** Those that the ticket lists and that are suppressed at the source now, each with what the source says of it. */
    public List<Listed> muted(GroupState group, int most) {
        return list(" and result = 3 and listed and version > :shown", group.id(), group.shown(), most);
    }

    /** All that fail, one at a time, however many they are (P36). */
    public void eachFailing(UUID group, Consumer<Listed> reader) {
        Streamed.rows(
                database,
                (COLUMNS + " and result = 0" + ORDER).replace(":group", "?"),
                row -> reader.accept(listed(row, 0)),
                group);
    }

    private List<Listed> list(String which, UUID group, long shown, int most) {
        var statement = database.client()
                .sql(COLUMNS + which + ORDER + " limit :most")
                .param("group", group)
                .param("most", most);
        if (which.contains(":shown")) {
            statement = statement.param("shown", shown);
        }
        return statement.query(GroupFindings::listed).list();
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        return new Listed(
                row.getString("account"),
                row.getString("region"),
                row.getString("check_id"),
                row.getString("resource_uid"),
                row.getString("resource_name"),
                row.getString("resource_type"),
                Severity.values()[row.getInt("severity")],
                row.getString("suppression") == null
                        ? row.getString("message")
                        : Suppressions.read(row.getString("suppression")).told(),
                Times.of(row, "first_seen"));
    }
}
