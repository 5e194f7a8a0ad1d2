package io.ticketbridge.deliver.state;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.NotTold;
import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.InstanceUser;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that is not in its table any more need not be deleted: a person may have made one of another table of it, under the same
 * sys_id. Every table of ServiceNow's own that tickets are in extends {@code task}, which tells (P7). Thread-safe.
 */
public final class MovedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(MovedRecords.class);
    private static final String ALL = "task";
    private static final String TABLE = "[a-z0-9_]{1,80}";
    private static final int MOST = 100;

    private final Questions questions;
    private final OpenTickets openTickets;

    public MovedRecords(Questions questions, OpenTickets openTickets) {
        this.questions = questions;
        this.openTickets = openTickets;
    }

    /**
     * From now on a ticket whose record is in another table is read and written there.
     *
     * @param missing tickets that are not found in their table
     * @return the sys_ids of those that are there
     * @throws HiddenRecords if ServiceNow has one of them, and does not show it, or not where it is
     */
    public Set<String> follow(List<Ticket> missing) {
        List<Map<String, Object>> rows = rows(missing);
        Map<String, Ticket> bySysId =
                missing.stream().collect(Collectors.toMap(Ticket::sysId, Function.identity(), (one, other) -> one));
        Map<String, Map<String, Object>> there = AnsweredRows.bySysId(rows, bySysId.keySet(), ALL);
        there.forEach((sysId, row) -> follow(bySysId.get(sysId), row));
        return there.keySet();
    }

    private List<Map<String, Object>> rows(List<Ticket> missing) {
        if (missing.isEmpty()) {
            return List.of();
        }
        try {
            List<Map<String, Object>> rows = questions.rows(ServiceNowCall.find(
                    ALL,
                    EncodedQuery.whereIn(
                            "sys_id", missing.stream().map(Ticket::sysId).toList()),
                    "sys_id,number,sys_class_name",
                    missing.size()));
            if (LastAnswer.current().hidden(rows.size()) > 0) {
                throw new HiddenRecords(missing.get(0).number()
                        + " or one like it is in another table of ServiceNow, which does not show it to this user: "
                        + InstanceUser.readAccess(ALL + " and the tables that extend it"));
            }
            return rows;
        } catch (NotTold e) {
            // Who may not ask believes what its own table says.
            return List.of();
        }
    }

    /**
     * What a question finds in other tables than the one in which it was asked.
     *
     * @param shown what that one answered
     * @param others which are asked instead by who may not ask all of them at once
     * @return the rows of each table
     * @throws HiddenRecords if ServiceNow has one more, and does not show it
     */
    public Map<String, List<Map<String, Object>>> elsewhere(
            EncodedQuery query, String columns, List<Map<String, Object>> shown, Set<String> others) {
        Map<String, List<Map<String, Object>>> found = new TreeMap<>();
        try {
            List<Map<String, Object>> rows =
                    questions.rows(ServiceNowCall.find(ALL, query, columns + ",sys_class_name", MOST));
            Set<String> seen = sysIds(rows);
            seen.addAll(sysIds(shown));
            if (LastAnswer.current().hidden(seen.size()) > 0) {
                throw new HiddenRecords(
                        "A record of ours, " + query + ", is in ServiceNow, which does not show it to this user: "
                                + InstanceUser.readAccess(ALL + " and the tables that extend it"));
            }
            Set<String> known = sysIds(shown);
            rows.stream()
                    .filter(row -> !known.contains(Row.text(row, "sys_id")))
                    .forEach(row -> {
                        if (!Row.text(row, "sys_class_name").matches(TABLE)) {
                            throw new HiddenRecords(Row.text(row, "number")
                                    + " is ours, and ServiceNow does not say of which table it is: "
                                    + InstanceUser.readAccess("sys_class_name of " + ALL));
                        }
                    });
            rows.stream()
                    .filter(row -> Row.text(row, "sys_class_name").matches(TABLE))
                    .forEach(row -> found.computeIfAbsent(Row.text(row, "sys_class_name"), none -> new ArrayList<>())
                            .add(row));
        } catch (NotTold e) {
            others.forEach(table -> found.put(table, inTable(table, query, columns)));
        }
        return found;
    }

    private List<Map<String, Object>> inTable(String table, EncodedQuery query, String columns) {
        try {
            return questions.rows(ServiceNowCall.find(table, query, columns, MOST));
        } catch (NotTold e) {
            // Nor may it write there: it has opened no ticket in it.
            return List.of();
        }
    }

    private static Set<String> sysIds(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> Row.text(row, "sys_id")).collect(Collectors.toCollection(HashSet::new));
    }

    private void follow(Ticket ticket, Map<String, Object> row) {
        String table = Row.text(row, "sys_class_name");
        if (!table.matches(TABLE) || table.equals(ticket.table())) {
            throw new HiddenRecords(ticket.number() + " is shown among all records of " + ALL + " and not in "
                    + ticket.table() + ": a before-query rule hides it there, or sys_class_name may not be read; "
                    + InstanceUser.readAccess(ticket.table() + " and to sys_class_name of " + ALL));
        }
        String number = Row.text(row, "number");
        openTickets.follow(ticket, table, number.isEmpty() ? ticket.number() : number);
        LOG.info(
                "A ticket is a record of another table now, and goes on there. number={} was={} table={} flow={}",
                number,
                ticket.number(),
                table,
                ticket.flow());
    }
}
