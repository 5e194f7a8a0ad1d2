package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /api/now/stats/{table}}: counts, also by the values of one column. */
final class StatsApi {

    private final Store store;
    private final Queries queries;
    private final Settings settings;

    StatsApi(Store store, Queries queries, Settings settings) {
        this.store = store;
        this.queries = queries;
        this.settings = settings;
    }

    Answer handle(Call call, String tableName) {
        TableDefinition table = store.dictionary.table(tableName);
        if (table == null) {
            throw Refusal.invalidTable(tableName);
        }
        if (!call.method.equals("GET")) {
            throw Negotiation.methodNotSupported(call);
        }
        Negotiation.check(call, settings);
        if (!settings.isReadable(table)) {
            throw Refusal.mayNotQuery();
        }
        List<Row> rows = queries.run(call, table, 0, Integer.MAX_VALUE, null).page();
        ObjectNode root = Answer.JSON.createObjectNode();
        String groupBy = call.parameter("sysparm_group_by");
        if (groupBy.isEmpty()) {
            stats(call, root.putObject("result"), rows.size());
            return Answer.json(200, root);
        }
        ArrayNode groups = root.putArray("result");
        Map<String, Integer> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.merge(row.get(groupBy), 1, Integer::sum));
        counts.forEach((value, count) -> {
            ObjectNode group = groups.addObject();
            stats(call, group, count);
            group.putArray("groupby_fields").addObject().put("field", groupBy).put("value", value);
        });
        return Answer.json(200, root);
    }

    private static void stats(Call call, ObjectNode to, int count) {
        ObjectNode stats = to.putObject("stats");
        if (call.flag("sysparm_count")) {
            stats.put("count", String.valueOf(count));
        }
    }
}
