package io.ticketbridge.deliver.call;

import io.ticketbridge.deliver.servicenow.WrongAnswer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The rows of an answer, once each of them is known to be one that was asked for (P16). ServiceNow drops a condition that it does not
 * understand, or that the user may not ask for, and answers with every row.
 */
public final class AnsweredRows {
    private AnsweredRows() {}

    /**
     * @param asked the sys_ids that were asked for
     * @return the rows by sys_id
     * @throws WrongAnswer if one of them was not asked for
     */
    public static Map<String, Map<String, Object>> bySysId(
            List<Map<String, Object>> rows, Collection<String> asked, String table) {
        Map<String, Map<String, Object>> bySysId = new LinkedHashMap<>();
        carrying(rows, "sys_id", new HashSet<>(asked)::contains, table)
                .forEach(row -> bySysId.put(Row.text(row, "sys_id"), row));
        return bySysId;
    }

    /**
     * @param wanted what the column holds of each row that was asked for
     * @return the same rows
     * @throws WrongAnswer if one of them was not asked for
     */
    public static List<Map<String, Object>> carrying(
            List<Map<String, Object>> rows, String column, Predicate<String> wanted, String table) {
        if (!rows.stream().map(row -> Row.text(row, column)).allMatch(wanted)) {
            throw notAskedFor(column, table);
        }
        return rows;
    }

    /**
     * A page in the order of its keys: each row has to lie behind the one before, else the same page would come for ever.
     *
     * @param last the sys_id of the last row before; empty before the first
     * @return that of the last row by now
     * @throws WrongAnswer if one of them was not asked for
     */
    public static String lastOf(List<Map<String, Object>> rows, String last, String table) {
        String before = last;
        for (Map<String, Object> row : rows) {
            String sysId = Row.text(row, "sys_id");
            if (sysId.compareTo(before) <= 0) {
                throw notAskedFor("sys_id", table);
            }
            before = sysId;
        }
        return before;
    }

    private static WrongAnswer notAskedFor(String column, String table) {
        return new WrongAnswer("ServiceNow answered a query of " + table + " by " + column
                + " with rows that were not asked for: it left out the condition. Grant the integration's user the right to read "
                + column + " of " + table
                + " and to query by it (ACLs of the operations read, query_match and query_range)");
    }
}
