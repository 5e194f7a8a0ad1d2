package io.ticketbridge.bench;

/**
 * The shape of a report. It is the first part of the source's path, so that one server serves all shapes.
 *
 * @param findings evaluations in the report
 * @param controls controls that they serve, each evaluation one
 * @param failing how many of a hundred fail
 */
record Shape(int findings, int controls, int failing) {
    static Shape of(int findings) {
        return new Shape(findings, 200, 100);
    }

    /** Read back from {@link #path()}. */
    static Shape parse(String path) {
        String[] parts = path.split("-");
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    String path() {
        return findings + "-" + controls + "-" + failing;
    }
}
