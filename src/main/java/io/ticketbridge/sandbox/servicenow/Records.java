package io.ticketbridge.sandbox.servicenow;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Saves and deletes records the way the server does: defaults, rules, policies, numbers, notes. One write at a time. */
final class Records {

    final Store store;
    final Journal journal;
    private final Settings settings;
    private final Clock clock;
    private final SysIds ids;
    private final InputValues input;
    private final List<BusinessRule> rules;
    private final Map<String, Integer> numbers = new HashMap<>();

    Records(Store store, Choices choices, Settings settings, Clock clock, SysIds ids) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.input = new InputValues(store, choices, settings);
        this.journal = new Journal(store, ids);
        this.rules = List.of(
                // The state models first: they decide the state that the task rules act on.
                new IncidentRules(),
                new ProblemRules(settings),
                new TaskRules(settings),
                new DataPolicies(settings, choices),
                settings::abort);
    }

    synchronized Row insert(TableDefinition table, Map<String, String> sent, boolean displayValues, Actor actor) {
        Change change = new Change(table, null, actor, Moments.of(clock.instant()));
        table.defaults().forEach(change::set);
        take(sent, displayValues, change);
        if (table.isA("task") || table.position("sys_class_name") >= 0) {
            change.set("sys_class_name", table.name);
        }
        rules.forEach(rule -> rule.apply(change));
        if (!table.numberPrefix.isEmpty() && change.get("number").isEmpty()) {
            int number = numbers.merge(table.name, table.firstNumber, (last, first) -> last + 1);
            change.set("number", table.numberPrefix + String.format("%07d", number));
        }
        change.set("sys_id", ids.next());
        change.set("sys_created_on", change.now);
        change.set("sys_created_by", actor.userName());
        change.set("sys_mod_count", "0");
        return save(Row.of(table, Map.of()), change);
    }

    /** Saves nothing, and returns the record as it is, when nothing would change. */
    synchronized Row update(Row found, Map<String, String> sent, boolean displayValues, Actor actor) {
        Row before = store.find(found.table, found.sysId()).orElseThrow(Refusal::noRecord);
        Change change = new Change(before.table, before, actor, Moments.of(clock.instant()));
        take(sent, displayValues, change);
        boolean closed = actor.throughApi() && TaskRules.isClosed(before.table, before.get("state"));
        if (closed && before.table.isA("incident") && !change.differences().isEmpty()) {
            throw Refusal.mayNot("Update");
        }
        rules.forEach(rule -> rule.apply(change));
        if (change.differences().isEmpty() && change.notes.isEmpty()) {
            return before;
        }
        change.set("sys_mod_count", TaskRules.next(before.get("sys_mod_count")));
        return save(before, change);
    }

    /** The record is one of another table, under the same sys_id and number; what that one has no column for is gone. */
    synchronized void move(Row row, TableDefinition table, Actor actor) {
        Map<String, String> kept = new HashMap<>(row.toMap());
        kept.keySet().removeIf(column -> table.position(column) < 0);
        kept.put("sys_class_name", table.name);
        kept.put("sys_updated_on", Moments.of(clock.instant()));
        kept.put("sys_updated_by", actor.userName());
        kept.put("sys_mod_count", TaskRules.next(row.get("sys_mod_count")));
        store.remove(row);
        store.put(Row.of(table, kept));
    }

    synchronized void delete(Row row) {
        store.remove(row);
        store.lookup("sys_attachment", "table_sys_id", row.sysId()).forEach(store::remove);
        store.lookup("sys_journal_field", "element_id", row.sysId()).forEach(store::remove);
    }

    /** Stores a record as it is, without rules: for what the instance is born with. */
    synchronized void place(TableDefinition table, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(table.defaults());
        String now = Moments.of(clock.instant());
        all.putAll(Map.of("sys_created_on", now, "sys_created_by", "admin", "sys_updated_on", now));
        all.putAll(Map.of("sys_updated_by", "admin", "sys_mod_count", "0"));
        all.putAll(values);
        store.put(Row.of(table, all));
    }

    private Row save(Row before, Change change) {
        change.set("sys_updated_on", change.now);
        change.set("sys_updated_by", change.actor.userName());
        Row saved = before.with(change.differences());
        store.put(saved);
        change.notes.forEach(
                (element, text) -> journal.append(saved, element, text, change.actor.userName(), change.now));
        return saved;
    }

    private void take(Map<String, String> sent, boolean displayValues, Change change) {
        sent.forEach((name, text) -> {
            Column column = change.table.column(name);
            boolean system = name.startsWith("sys_") && !name.equals("sys_domain");
            boolean denied = change.actor.throughApi() && settings.ignoresWrites(change.table.name, name);
            if (column == null || system || denied || column.isConversation()) {
                return;
            }
            if (column.isJournal()) {
                if (!text.isEmpty()) {
                    change.notes.put(name, text);
                }
            } else if (!(text.isEmpty() && column.choice())) {
                change.set(name, input.stored(change.table, column, text, displayValues));
            }
        });
    }
}
