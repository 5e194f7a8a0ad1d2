package io.ticketbridge.source.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/**
 * Gunzips all members of a gzip file. The JDK's own stream takes {@code available() == 0}, which is what a network stream
 * often answers, for the end of the file and would silently drop the members that follow.
 */
final class GzipMembers extends GZIPInputStream {
    GzipMembers(InputStream in) throws IOException {
        super(new SaysWhetherMoreComes(in), 1 << 16);
    }

    private static final class SaysWhetherMoreComes extends PushbackInputStream {
        SaysWhetherMoreComes(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return Math.max(1, super.available());
        }
    }
}
