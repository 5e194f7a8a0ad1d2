package io.ticketbridge.bench;

/** Measures ticketbridge beside other ways to do its work; see bench/README.md. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.out.println("bench " + String.join(" ", arguments));
    }
}
