package io.ticketbridge.ledger.run;

/**
 * Why a worker can't take what another ticketbridge read: it has other settings or another version, as in a rolling restart. Said in the
 * run's error, by which whoever reads the run knows that it passes, also where an older version wrote it.
 */
public final class Misfit {
    private static final String FLOW = "This worker has no flow ";
    private static final String FORMAT = "A worker got findings of format ";

    private Misfit() {}

    public static String ofFlow(String flow) {
        return FLOW + flow + ": give every ticketbridge on one ledger the same settings";
    }

    public static String ofFormat(String format, String known) {
        return FORMAT + format + " and knows " + known + ": bring every ticketbridge to the same version";
    }

    static boolean isIn(String error) {
        return error.contains(FLOW) || error.contains(FORMAT);
    }
}
