package io.ticketbridge.source.files;

/**
 * Behind the end of one scan another goes on, with neither a bracket nor a line of its own: {@code [...]{...},{...}]}. So a scanner leaves it
 * that appends to a file which is there, and the older scan is not about the present.
 */
final class SecondScan extends EndedBadly {
    SecondScan(Place place) {
        super(
                place,
                "a second scan goes on behind the end of the first, as Prowler leaves it when it is given the name of a file that is"
                        + " there (--output-filename); nothing is read, since the older scan is not about the present: give each run a"
                        + " file name of its own, or delete the file before it");
    }
}
