package io.ticketbridge.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that was probably meant: the one with the fewest letters to change. */
final class Nearest {
    private Nearest() {}

    /** Of words that are equally near, the first. */
    static String to(String written, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(written, word)))
                .orElse("");
    }

    /** The word that was meant, if it is easy to guess, as the end of "write ...". */
    static String orOneOf(String written, Collection<String> words) {
        String begun = words.stream()
                .filter(word -> !written.isEmpty() && word.startsWith(written))
                .findFirst()
                .orElse(to(written, words));
        boolean near = begun.startsWith(written) || distance(written, begun) <= Math.max(2, written.length() / 3);
        return near ? begun : "one of them";
    }

    /** How many letters must be added, removed or replaced to make one word of the other. */
    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] here = new int[other.length() + 1];
            here[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(replaced, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[other.length()];
    }
}
