package io.ticketbridge;

import io.ticketbridge.command.TicketbridgeCommand;

/** The command line's entry. */
public final class Ticketbridge {
    private Ticketbridge() {}

    public static void main(String[] args) {
        System.exit(TicketbridgeCommand.execute(args));
    }
}
