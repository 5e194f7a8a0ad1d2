package io.ticketbridge.source.files;

/** Why a record can't become a finding: cause and cure, never its content. */
class Unfit extends Exception {
    private final transient Place place;

    Unfit(String why) {
        this(null, why);
    }

    Unfit(Place place, String why) {
        super(why);
        this.place = place;
    }

    /** The reason with its place: where the fault is known, there; else where the record starts. */
    String at(Place start) {
        return (place == null ? start : place) + ": " + getMessage();
    }
}
