package io.ticketbridge.deliver.instance;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All choices in use of some columns, in the instance's order: with several languages it has each of them in every one. */
final class ChoiceRows {
    private static final int PAGE = 500;

    private ChoiceRows() {}

    /** Only an empty page is the last: rows that the user may not see count, too. */
    static List<Map<String, Object>> read(
            Function<ServiceNowCall, List<Map<String, Object>>> ask, List<String> tables, List<String> columns) {
        List<Map<String, Object>> all = new ArrayList<>();
        String last = "";
        for (List<Map<String, Object>> page = ask.apply(page(tables, columns, last));
                !page.isEmpty();
                page = ask.apply(page(tables, columns, last))) {
            last = AnsweredRows.lastOf(page, last, "sys_choice");
            all.addAll(page);
        }
        all.sort(Comparator.comparingInt(ChoiceRows::sequence));
        return all;
    }

    private static ServiceNowCall page(List<String> tables, List<String> columns, String last) {
        EncodedQuery query =
                EncodedQuery.whereIn("name", tables).in("element", columns).and("inactive", "false");
        return ServiceNowCall.find(
                "sys_choice",
                (last.isEmpty() ? query : query.after("sys_id", last)).orderBy("sys_id"),
                "sys_id,name,element,label,value,sequence",
                PAGE);
    }

    private static int sequence(Map<String, Object> row) {
        String sequence = Row.text(row, "sequence");
        return sequence.matches("\\d{1,9}") ? Integer.parseInt(sequence) : 0;
    }
}
