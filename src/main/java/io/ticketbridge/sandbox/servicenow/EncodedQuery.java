package io.ticketbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed encoded query: blocks joined by {@code ^NQ}; in a block every group must hold; in a group ({@code ^OR} binds to
 * the condition before it) one condition must. What is invalid is left out and listed in {@link #dropped}.
 */
record EncodedQuery(List<List<List<Condition>>> blocks, List<Order> orders, List<String> dropped) {

    /** One {@code ORDERBY}. */
    record Order(FieldPath field, boolean descending) {}

    static EncodedQuery parse(String text, TableDefinition table, Store store) {
        List<List<List<Condition>>> blocks = new ArrayList<>();
        blocks.add(new ArrayList<>());
        List<Order> orders = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        boolean anchored = false;
        for (String term : terms(text)) {
            if (term.isEmpty() || term.equals("EQ") || term.startsWith("GROUPBY")) {
                continue;
            }
            if (term.startsWith("ORDERBY")) {
                boolean descending = term.startsWith("ORDERBYDESC");
                String name = term.substring(descending ? "ORDERBYDESC".length() : "ORDERBY".length());
                FieldPath.of(name, table, store.dictionary)
                        .ifPresentOrElse(field -> orders.add(new Order(field, descending)), () -> dropped.add(term));
                continue;
            }
            boolean newBlock = term.startsWith("NQ");
            boolean or = term.startsWith("OR");
            String condition = newBlock || or ? term.substring(2) : term;
            if (newBlock) {
                blocks.add(new ArrayList<>());
                anchored = false;
            }
            List<List<Condition>> block = blocks.get(blocks.size() - 1);
            if (!or || !anchored) {
                block.add(new ArrayList<>());
                anchored = true;
            }
            Optional<Condition> parsed = Condition.parse(condition, table, store);
            parsed.ifPresentOrElse(block.get(block.size() - 1)::add, () -> dropped.add(condition));
        }
        blocks.forEach(block -> block.removeIf(List::isEmpty));
        return new EncodedQuery(blocks, orders, dropped);
    }

    /** Splits at every single {@code ^}; a doubled one is a literal. */
    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '^') {
                term.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '^') {
                term.append('^');
                i++;
            } else {
                terms.add(term.toString());
                term.setLength(0);
            }
        }
        terms.add(term.toString());
        return terms;
    }

    boolean matches(Row row) {
        for (List<List<Condition>> block : blocks) {
            if (matches(block, row)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<List<Condition>> block, Row row) {
        for (List<Condition> group : block) {
            boolean any = false;
            for (int i = 0; i < group.size() && !any; i++) {
                any = group.get(i).test().test(row);
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }

    /** Conditions that an index answers, one for each block; empty when one of the blocks needs to see every row. */
    List<Condition> indexed() {
        List<Condition> found = new ArrayList<>();
        for (List<List<Condition>> block : blocks) {
            Optional<Condition> usable = block.stream()
                    .filter(group -> group.size() == 1)
                    .map(group -> group.get(0))
                    .filter(condition -> !condition.lookups().isEmpty())
                    .findFirst();
            if (usable.isEmpty()) {
                return List.of();
            }
            found.add(usable.get());
        }
        return found;
    }

    /** The columns that are compared by more than equality, or sorted by. */
    Set<String> ranged() {
        Set<String> columns = new HashSet<>();
        blocks.forEach(block -> block.forEach(group -> group.stream()
                .filter(condition -> condition.operator().isRange())
                .forEach(condition -> columns.add(condition.field().text))));
        orders.forEach(order -> columns.add(order.field().text));
        return columns;
    }

    /** The same without what {@link #ranged} is about, of these columns. */
    EncodedQuery withoutRanges(Set<String> columns) {
        List<List<List<Condition>>> kept = new ArrayList<>();
        for (List<List<Condition>> block : blocks) {
            kept.add(block.stream()
                    .map(group -> group.stream()
                            .filter(condition ->
                                    !condition.operator().isRange() || !columns.contains(condition.field().text))
                            .toList())
                    .filter(group -> !group.isEmpty())
                    .toList());
        }
        return new EncodedQuery(
                kept,
                orders.stream()
                        .filter(order -> !columns.contains(order.field().text))
                        .toList(),
                dropped);
    }

    /** The order asked for, or null. */
    Comparator<Row> comparator(Store store) {
        Comparator<Row> all = null;
        for (Order order : orders) {
            Column column = order.field().column();
            Comparator<Row> one = (left, right) -> Operator.compare(
                    column, order.field().value(left, store), order.field().value(right, store));
            one = order.descending() ? one.reversed() : one;
            all = all == null ? one : all.thenComparing(one);
        }
        return all;
    }
}
