package io.ticketbridge;

/** The command line's entry. */
public final class Ticketbridge {
    private Ticketbridge() {}

    public static void main(String[] args) {
        System.out.println("ticketbridge");
    }
}
