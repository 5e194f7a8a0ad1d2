package io.ticketbridge;

import io.ticketbridge.command.TicketbridgeCommand;
import io.ticketbridge.network.TunnelCredentials;

/** The command line's entry. */
public final class Ticketbridge {
    private Ticketbridge() {}

    public static void main(String[] args) {
        TunnelCredentials.allow();
        System.exit(TicketbridgeCommand.execute(args));
    }
}
