package io.ticketbridge.bench;

import java.util.Arrays;
import java.util.List;

/** The contenders by name, in the order of the table; slow ones read a tenth of the findings. */
enum Contenders {
    LIMIT("a", "limit", "fetch and token-by-token parse only", false) {
        @Override
        Contender make(Database database) {
            return new Limit();
        }
    },
    HAND_WRITTEN("b", "hand-written", "one Java loop, streaming parse, batched JDBC", false) {
        @Override
        Contender make(Database database) throws Exception {
            return new HandWritten(database);
        }
    },
    STOCK_CAMEL("c", "stock Camel", "its EIPs over its own JDBC repositories", true) {
        @Override
        Contender make(Database database) throws Exception {
            return new StockCamel(database, false);
        }
    },
    STOCK_CAMEL_BY_PAGE("f", "stock Camel by page", "the same with one transaction around each page", true) {
        @Override
        Contender make(Database database) throws Exception {
            return new StockCamel(database, true);
        }
    },
    SPRING_INTEGRATION("d", "Spring Integration", "its EIPs over its own JDBC stores", true) {
        /** By name: only -Pbench brings Spring Integration and compiles what uses it. */
        @Override
        Contender make(Database database) throws Exception {
            return (Contender) Class.forName("io.ticketbridge.bench.SpringIntegration")
                    .getDeclaredConstructor(Database.class)
                    .newInstance(database);
        }
    },
    TICKETBRIDGE("e", "ticketbridge", "its real routes, delivery to nowhere", false) {
        @Override
        Contender make(Database database) {
            return new Ticketbridge(database);
        }
    };

    private final String letter;
    private final String title;
    private final String text;
    private final boolean slow;

    Contenders(String letter, String title, String text, boolean slow) {
        this.letter = letter;
        this.title = title;
        this.text = text;
        this.slow = slow;
    }

    abstract Contender make(Database database) throws Exception;

    String letter() {
        return letter;
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    boolean isSlow() {
        return slow;
    }

    /** @param letters as {@code a,b,e}, or {@code all} */
    static List<Contenders> named(String letters) {
        List<String> wanted = List.of(letters.split(","));
        List<Contenders> found = Arrays.stream(values())
                .filter(each -> letters.equals("all") || wanted.contains(each.letter))
                .toList();
        if (!letters.equals("all") && found.size() != wanted.size()) {
            throw new IllegalArgumentException("Contenders are " + Arrays.toString(values()) + ", not " + letters);
        }
        return found;
    }
}
