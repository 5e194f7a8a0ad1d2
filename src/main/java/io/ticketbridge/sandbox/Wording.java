package io.ticketbridge.sandbox;

import java.util.List;
import java.util.Random;

/** What a colleague types. Each text carries a mark of its own, so that it is found again wherever it went. */
final class Wording {
    private static final List<String> TITLES = List.of(
            "Beaconing to a known command server",
            "Mailbox rule forwards to an outside address",
            "Encoded PowerShell on a finance laptop",
            "Anmeldung aus zwei Ländern zugleich",
            "Storage account open to the world & indexed",
            "Ransom note \"README.txt\" on FS-MUC-02");

    private static final List<String> SENTENCES = List.of(
            "The sender is blocked at the gateway.",
            "Host isolated; the image is being taken.",
            "Rückfrage beim Fachbereich läuft – Antwort bis Donnerstag.",
            "Two lines:\nthis is the second one.",
            "<b>Not bold</b> & \"quoted\", 100 % sure.",
            "[code]<script>alert(1)</script>[/code]",
            "The query was a^ORactive=true^EQ, with ${body} and {{key}} in it.",
            "Patched \uD83D\uDE80, waiting for the next scan.");

    private final Random random;
    private final long seed;
    private int texts;

    Wording(Random random, long seed) {
        this.random = random;
        this.seed = seed;
    }

    /** What no other text contains: the seed and a running number. */
    String mark(String kind) {
        return String.format("%s %d-%06d:", kind, seed, ++texts);
    }

    String sentence() {
        return pick(SENTENCES);
    }

    /** One line of less than 100 characters. */
    String title() {
        return mark("Title") + " " + pick(TITLES);
    }

    String description() {
        return mark("Description") + " " + sentence() + "\n" + sentence();
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the choices, but not what is there: an edit changes something. */
    String other(List<String> choices, String current) {
        return pick(choices.stream().filter(choice -> !choice.equals(current)).toList());
    }
}
