package io.ticketbridge.sandbox.servicenow;

import io.ticketbridge.sandbox.servicenow.Settings.RangeRefusal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs what a request asks for: its encoded query, or else its plain {@code field=value} parameters. */
final class Queries {

    private final Store store;
    private final Choices choices;
    private final InstanceProperties properties;
    private final Settings settings;
    private final Search search;

    Queries(Store store, Choices choices, InstanceProperties properties, Settings settings) {
        this.store = store;
        this.choices = choices;
        this.properties = properties;
        this.settings = settings;
        this.search = new Search(store);
    }

    Search.Found run(Call call, TableDefinition table, int offset, int limit, Comparator<Row> unordered) {
        if (call.dropsConditions && call.query.containsKey("sysparm_query")) {
            call.droppedConditions.add(call.parameter("sysparm_query"));
            return search.run(table, EncodedQuery.parse("", table, store), offset, limit, unordered);
        }
        EncodedQuery query = call.query.containsKey("sysparm_query")
                ? EncodedQuery.parse(scripted(call), table, store)
                : plain(call, table);
        call.droppedConditions.addAll(query.dropped());
        if (!query.dropped().isEmpty() && properties.isTrue("glide.invalid_query.returns_no_rows")) {
            return new Search.Found(List.of(), 0);
        }
        Map<String, RangeRefusal> refused = settings.rangeRefusals(table);
        if (!refused.isEmpty()) {
            refused.keySet().retainAll(query.ranged());
            if (refused.containsValue(RangeRefusal.NO_ROWS)) {
                return new Search.Found(List.of(), 0);
            }
            query = query.withoutRanges(refused.keySet());
        }
        return search.run(table, query, offset, limit, unordered);
    }

    /** The one script that is simulated: who calls. */
    private static String scripted(Call call) {
        return call.parameter("sysparm_query").replace("javascript:gs.getUserID()", call.user.sysId());
    }

    private EncodedQuery plain(Call call, TableDefinition table) {
        EncodedQuery query = EncodedQuery.parse("", table, store);
        call.query.forEach((name, values) -> {
            if (!name.startsWith("sysparm_")) {
                Optional<FieldPath> field = FieldPath.of(name, table, store.dictionary);
                field.flatMap(path ->
                                Condition.of(path, Operator.EQUALS, value(path, values.get(0), table), table, store))
                        .ifPresentOrElse(
                                condition -> query.blocks().get(0).add(List.of(condition)),
                                () -> query.dropped().add(name + '=' + values.get(0)));
            }
        });
        return query;
    }

    /** Plain parameters may name a choice or a record as it is displayed. */
    private String value(FieldPath path, String given, TableDefinition table) {
        Column column = path.column();
        if (column.choice()) {
            return choices.valueOfLabel(table, column.name(), given).orElse(given);
        }
        TableDefinition target = column.isReference() ? store.dictionary.table(column.reference()) : null;
        if (target == null) {
            return given;
        }
        return store.lookup(target, target.displayColumn().name(), given).stream()
                .map(Row::sysId)
                .findFirst()
                .orElse(given);
    }
}
