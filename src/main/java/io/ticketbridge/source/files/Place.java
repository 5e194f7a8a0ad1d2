package io.ticketbridge.source.files;

/**
 * A place in a file, for whoever must find it there.
 *
 * @param line from 1
 * @param column from 1, in bytes, as most files of this kind are one ASCII line
 */
record Place(long line, long column) {
    /** This place moved on by a place that counts from here. */
    Place plus(long lines, long columns) {
        return lines <= 1 ? new Place(line, column + columns - 1) : new Place(line + lines - 1, columns);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
