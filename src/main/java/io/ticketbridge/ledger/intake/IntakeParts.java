package io.ticketbridge.ledger.intake;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Bodies in the ledger, cut into parts: no more than one part of each is in memory. */
final class IntakeParts {
    /** In bytes. H2 keeps up to a million in a row; a smaller part costs less to read again. */
    static final int PART = 256 * 1024;

    private final LedgerDatabase database;

    IntakeParts(LedgerDatabase database) {
        this.database = database;
    }

    /** @param packed whether the body is gzip already; else it is packed here */
    void write(UUID intake, InputStream body, boolean packed) throws IOException {
        try (OutputStream parts = packed ? new Cut(intake) : new GZIPOutputStream(new Cut(intake), 1 << 16)) {
            body.transferTo(parts);
        }
    }

    /** @param onPart called before each part is read */
    InputStream read(UUID intake, Runnable onPart) {
        return new Joined(intake, onPart);
    }

    void delete(UUID intake) {
        database.client()
                .sql("delete from intake_part where intake_id = :id")
                .param("id", intake)
                .update();
    }

    private final class Cut extends OutputStream {
        private final UUID intake;
        private final byte[] part = new byte[PART];
        private int length;
        private int number;

        private Cut(UUID intake) {
            this.intake = intake;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            int at = from;
            while (at < from + count) {
                int taken = Math.min(part.length - length, from + count - at);
                System.arraycopy(bytes, at, part, length, taken);
                length += taken;
                at += taken;
                if (length == part.length) {
                    insert();
                }
            }
        }

        private void insert() {
            database.jdbc()
                    .update(
                            "insert into intake_part (intake_id, number, bytes) values (?, ?, ?)",
                            intake,
                            number++,
                            length == part.length ? part : Arrays.copyOf(part, length));
            length = 0;
        }

        @Override
        public void close() {
            if (length > 0) {
                insert();
            }
        }
    }

    private final class Joined extends InputStream {
        private final UUID intake;
        private final Runnable onPart;
        private byte[] part = {};
        private int at;
        private int number;
        private boolean ended;

        private Joined(UUID intake, Runnable onPart) {
            this.intake = intake;
            this.onPart = onPart;
        }

        @Override
        public int read() {
            return more() ? part[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int from, int count) {
            if (count == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int taken = Math.min(count, part.length - at);
            System.arraycopy(part, at, target, from, taken);
            at += taken;
            return taken;
        }

        private boolean more() {
            if (at == part.length && !ended) {
                onPart.run();
                part = database.client()
                        .sql("select bytes from intake_part where intake_id = :id and number = :number")
                        .param("id", intake)
                        .param("number", number++)
                        .query((row, index) -> row.getBytes(1))
                        .optional()
                        .orElse(new byte[] {});
                at = 0;
                ended = part.length == 0;
            }
            return at < part.length;
        }
    }
}
