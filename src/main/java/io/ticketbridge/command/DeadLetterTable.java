package io.ticketbridge.command;

import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints dead letters: one line each, or with request and answer. */
final class DeadLetterTable {
    private DeadLetterTable() {}

    static void print(List<DeadLetter> letters, boolean whole, boolean json) {
        if (json) {
            new Printer(System.out, true)
                    .json(Map.of(
                            "deadLetters",
                            letters.stream().map(DeadLetterTable::asMap).toList()));
            return;
        }
        if (letters.isEmpty()) {
            System.out.println("No dead letters");
        }
        for (DeadLetter letter : letters) {
            System.out.printf(
                    "%6d  %-16s %-8s %-18s %s  %s%n",
                    letter.id(), letter.flow(), letter.stage(), letter.kind(), letter.diedAt(), plain(letter.error()));
            if (whole) {
                System.out.println("        request: " + plain(letter.raw()));
                System.out.println("        answer:  " + plain(letter.answer()));
            }
        }
    }

    private static String plain(String text) {
        return text == null ? "none" : Printer.line(text);
    }

    private static Map<String, Object> asMap(DeadLetter letter) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", letter.id());
        map.put("flow", letter.flow());
        map.put("stage", letter.stage());
        map.put("class", letter.kind());
        map.put("diedAt", letter.diedAt().toString());
        map.put("group", Objects.toString(letter.groupId(), null));
        map.put("error", letter.error());
        map.put("request", letter.raw());
        map.put("answer", letter.answer());
        return map;
    }
}
