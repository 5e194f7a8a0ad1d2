package io.ticketbridge.config;

/** A value that its type does not take: the rule as the end of a sentence, and what to write instead. */
final class Refused extends Exception {
    private final String rule;
    private final String remedy;

    Refused(String rule, String remedy) {
        super(rule);
        this.rule = rule;
        this.remedy = remedy;
    }

    String rule() {
        return rule;
    }

    String remedy() {
        return remedy;
    }
}
