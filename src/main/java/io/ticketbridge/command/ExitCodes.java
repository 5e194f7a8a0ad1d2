package io.ticketbridge.command;

/** What {@code --help} says of them, as picocli wants it. */
final class ExitCodes {
    static final String HEADING = "%nExit codes:%n";
    static final String WELL = "0:All is well";
    static final String UNUSABLE = "2:Usage or configuration, and nothing was done; the output names cause and cure";

    /** Of whatever delivers and ends. */
    static final String UNDELIVERED = "1:Something failed, is held or is dead; the output says what";

    /** Of whatever goes on until it is stopped, unless it is told to end. */
    static final String STOPPED = "0:All is well, or it was stopped";

    static final String ONCE_UNDELIVERED = "1:With --once: something failed, is held or is dead; the output says what";

    private ExitCodes() {}
}
