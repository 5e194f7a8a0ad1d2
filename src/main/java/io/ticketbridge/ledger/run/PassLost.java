package io.ticketbridge.ledger.run;

/**
 * A pass stood still for so long that another replica took it over. What it stored before is true and stays; what it would write from
 * now on is older than what the other one reads, so nothing of it is kept.
 */
public final class PassLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PassLost() {
        super(
                "Another replica took this pass over; what it has not stored is read there, and a file named to `import` is to be imported again");
    }
}
