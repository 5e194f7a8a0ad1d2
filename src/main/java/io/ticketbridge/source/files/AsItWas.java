package io.ticketbridge.source.files;

import java.io.File;

/** What tells whether somebody has written a file anew. */
record AsItWas(long size, long modified) {
    static AsItWas of(File file) {
        return new AsItWas(file.length(), file.lastModified());
    }

    boolean is(File file) {
        return equals(of(file));
    }
}
