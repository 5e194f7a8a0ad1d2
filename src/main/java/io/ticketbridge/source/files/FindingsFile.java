package io.ticketbridge.source.files;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.zip.ZipException;

/**
 * The records of one compliance findings file, read lazily and in bounded memory. The format is told record by record:
 * Prowler json-ocsf, OCSF Compliance Finding (class 2003), ASFF. They may stand in a list, in an object with {@code Findings}
 * or {@code findings}, alone, or one after another; in UTF-8 or UTF-16; plain or gzip. Not for use by several threads.
 */
public final class FindingsFile implements Iterator<SourceRecord>, AutoCloseable {
    private static final long MAX_LEADING_BLANKS = 1 << 20;

    private final String name;
    private final JsonCutter cutter;
    private final RecordReader reader;
    private final Queue<SourceRecord> ready = new ArrayDeque<>();
    private boolean ended;
    private String problem;
    private long bytesOfRecords;

    private FindingsFile(String name, JsonCutter cutter) {
        this.name = name;
        this.cutter = cutter;
        this.reader = new RecordReader(name);
    }

    /**
     * Opens a file and looks at its start. The stream is closed with the file, or at once if this fails.
     *
     * @param name what errors call it
     * @throws NotAFindingsFile if it is empty or no JSON
     */
    public static FindingsFile open(InputStream in, String name) throws IOException {
        try {
            Bytes bytes = new Bytes(PlainBytes.of(in));
            JsonCutter cutter = new JsonCutter(bytes);
            cutter.skipBlanks(MAX_LEADING_BLANKS);
            int first = bytes.peek();
            if (first != '{' && first != '[') {
                Place place = bytes.place();
                throw new NotAFindingsFile(name, place.line(), place.column(), causeOf(first));
            }
            return new FindingsFile(name, cutter);
        } catch (ZipException | EOFException e) {
            in.close();
            throw new NotAFindingsFile(name, 1, 1, "damaged gzip data");
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The bytes of a file without its gzip, to be counted. The stream is closed with the answer, or at once if this fails.
     *
     * @throws NotAFindingsFile while it is read, if the gzip is damaged
     */
    static InputStream unpacked(InputStream in, String name) throws IOException {
        try {
            InputStream plain = PlainBytes.of(in);
            return new FilterInputStream(plain) {
                @Override
                public int read(byte[] target, int from, int count) throws IOException {
                    try {
                        return super.read(target, from, count);
                    } catch (ZipException | EOFException e) {
                        throw new NotAFindingsFile(name, 1, 1, "damaged gzip data");
                    }
                }
            };
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Passes it all without taking anything in.
     *
     * @param plain unpacked
     * @return why it must not be read, if a scan was appended to another
     */
    static Optional<String> secondScan(InputStream plain, String name) throws IOException {
        JsonCutter cutter = new JsonCutter(new Bytes(plain));
        try {
            Slice slice = cutter.next();
            while (slice != null) {
                slice = cutter.next();
            }
        } catch (SecondScan e) {
            return Optional.of(name + ", " + e.getMessage());
        } catch (EndedBadly e) {
            // Whoever reads it is told.
        }
        return Optional.empty();
    }

    private static String causeOf(int first) {
        return switch (first) {
            case -1 -> "the file is empty";
            case '<' -> "HTML or XML, not JSON";
            case 'P' -> "not JSON; if it is a zip archive, unpack it";
            case ' ', '\t', '\r', '\n', ',' -> "nothing but blanks";
            default -> "not JSON, which starts with { or [";
        };
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !ended) {
            readOn();
        }
        return !ready.isEmpty();
    }

    @Override
    public SourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /**
     * Whether all was read and the file ended well. False before the end, and for a file that was cut off or is one page of
     * several: such a file is never evidence that something is gone (P11). An {@link Unreadable} record hides something,
     * too, and says so itself.
     */
    public boolean complete() {
        return ended && ready.isEmpty() && problem == null;
    }

    /** Why the file is not complete: file, line, column, cause and cure. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether its end shows that nothing follows: not so where records stand in lines, or lists one after another. */
    boolean hasEnd() {
        return cutter.hasEnd();
    }

    /** How many records were left out so far, by their kind: they are about something else. */
    Map<String, Integer> leftOut() {
        return reader.leftOut();
    }

    /** How many bytes the records have that were read so far. */
    long bytesOfRecords() {
        return bytesOfRecords;
    }

    private void readOn() {
        try {
            Slice slice = cutter.next();
            if (slice != null) {
                bytesOfRecords += slice.length();
                ready.addAll(reader.read(slice));
                return;
            }
            if (cutter.morePages()) {
                problem = name + ": a NextToken says that this is one page of several; export all pages into one file";
            }
        } catch (SecondScan e) {
            problem = name + ", " + e.getMessage();
        } catch (EndedBadly e) {
            problem = name + ", " + e.getMessage() + "; it was cut off or is damaged there, export it again";
        } catch (EOFException | ZipException e) {
            problem = name + ", " + cutter.place() + ": the gzip data is cut off or damaged; copy the file again";
        } catch (IOException e) {
            problem = name + ", " + cutter.place() + ": reading failed ("
                    + e.getClass().getSimpleName() + "); read the file again";
        }
        ended = true;
    }

    @Override
    public void close() throws IOException {
        cutter.close();
    }
}
