package io.ticketbridge.ticket;

import java.util.Optional;
import java.util.stream.Stream;

/** Why a ticket stays open though its case or alert was closed (P11, P27): the ledger tells by the reason of the write that said so. */
public enum LeftOpen {
    IDLE(
            "Vision One closed the %s after 60 days without activity; nobody said that it is fixed",
            "after 60 days without activity",
            "it was closed after 60 days without activity, on-idle-closure is comment"),
    PEOPLE_RESOLVE(
            "the %s was closed; resolve-when-fixed is off, so the ticket stays open",
            "resolve-when-fixed is off", "resolve-when-fixed is off");

    private final String sentence;
    private final String sign;
    private final String setting;

    LeftOpen(String sentence, String sign, String setting) {
        this.sentence = sentence;
        this.sign = sign;
        this.setting = setting;
    }

    /** @param word what it is: a case or an alert */
    public String said(String word) {
        return sentence.formatted(word);
    }

    /** What was set, in a few words. */
    public String setting() {
        return setting;
    }

    /** The one that this reason of a write names. */
    public static Optional<LeftOpen> of(String reason) {
        return Stream.of(values()).filter(each -> reason.contains(each.sign)).findFirst();
    }
}
