package io.ticketbridge.source.files;

import io.ticketbridge.source.files.WrapperKeys.Opened;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cuts a stream into records by its brackets and quotes alone, whatever list, envelope or sequence they stand in. A parser
 * can't go on after an error; this can, so that a record with broken or endless content costs only itself. It holds no more
 * than one record of {@link Bytes#MAX_RECORD}.
 */
final class JsonCutter implements Closeable {
    private static final int MAX_ENVELOPES = 4;
    private static final String BLANKS = " \t\r\n,\u001E\u00EF\u00BB\u00BF";

    private enum List {
        BARE(0),
        IN_ENVELOPE(1),
        /** In the detail of an EventBridge event. */
        IN_DETAIL(2);

        /** How many objects are open around it. */
        final int depth;

        List(int depth) {
            this.depth = depth;
        }
    }

    private final Bytes bytes;
    private final Deque<List> open = new ArrayDeque<>();
    private boolean morePages;
    private int listsEnded;
    private boolean bareListEnded;
    private boolean records;
    private boolean recordBehindList;

    JsonCutter(Bytes bytes) {
        this.bytes = bytes;
    }

    /** The next record, or null at the end of the file. */
    Slice next() throws IOException, EndedBadly {
        while (true) {
            boolean comma = skipBlanks(Long.MAX_VALUE);
            int first = bytes.peek();
            if (recordBehindList && (comma || first == ']')) {
                throw new SecondScan(bytes.start());
            }
            if (first < 0) {
                if (open.isEmpty()) {
                    return null;
                }
                throw new EndedBadly(bytes.place(), "the file ends inside its list of records");
            } else if (first == ']' && !open.isEmpty()) {
                bytes.next++;
                List ended = open.pop();
                if (ended != List.BARE) {
                    WrapperKeys rest = new WrapperKeys();
                    cut(rest, ended.depth);
                    morePages |= rest.morePages();
                } else {
                    bareListEnded |= open.isEmpty();
                }
                listsEnded += open.isEmpty() ? 1 : 0;
                recordBehindList = false;
            } else if (first == '[' && open.isEmpty()) {
                bytes.next++;
                open.push(List.BARE);
            } else if (first == '{' || first == '[') {
                bytes.mark();
                if (cut(first == '{' && open.size() < MAX_ENVELOPES ? new WrapperKeys() : null, 0)) {
                    records |= open.isEmpty();
                    recordBehindList = open.isEmpty() && bareListEnded;
                    return bytes.slice();
                }
            } else {
                return scrap();
            }
        }
    }

    Place place() {
        return bytes.place();
    }

    /**
     * Whether what was read to its end is one list or envelope, whose end shows that nothing follows. Lines, and one list after
     * another, end well behind any of them.
     */
    boolean hasEnd() {
        return listsEnded == 1 && !records;
    }

    /** Whether an envelope named a next page: what was read is one page of several. */
    boolean morePages() {
        return morePages;
    }

    /**
     * Passes one object or list to its end.
     *
     * @param keys looks for an envelope, or null
     * @param from the depth that is already open: 0 before a record, more after the list of an envelope
     * @return false if it was an envelope and its list of findings is open now
     */
    private boolean cut(WrapperKeys keys, int from) throws IOException, EndedBadly {
        int depth = from;
        // Keys are looked at in the outermost object, and in an event's detail.
        int level = 1;
        boolean string = false;
        boolean escaped = false;
        byte[] buffer = bytes.buffer;
        while (bytes.more()) {
            int end = bytes.end;
            for (int i = bytes.next; i < end; i++) {
                byte b = buffer[i];
                if (b == '\n') {
                    bytes.newLine(i + 1);
                }
                if (string) {
                    if (b != '"' || escaped) {
                        escaped = b == '\\' && !escaped;
                        if (depth == level && keys != null) {
                            keys.character(b);
                        }
                    } else {
                        string = false;
                        if (depth == level && keys != null) {
                            keys.stringCloses();
                        }
                    }
                } else if (b == '"') {
                    string = true;
                    if (depth == level && keys != null) {
                        keys.stringOpens();
                    }
                } else {
                    Opened opened = depth == level && keys != null ? keys.opens(b) : Opened.NOTHING;
                    if (opened == Opened.LIST) {
                        bytes.next = i + 1;
                        bytes.release();
                        open.push(level == 1 ? List.IN_ENVELOPE : List.IN_DETAIL);
                        morePages |= keys.morePages();
                        return false;
                    }
                    level = opened == Opened.DETAIL && depth == 1 ? 2 : level;
                    if (b == '{' || b == '[') {
                        depth++;
                    } else if (b == '}' || b == ']') {
                        depth--;
                        level = Math.min(level, Math.max(depth, 1));
                        if (depth == 0) {
                            bytes.next = i + 1;
                            return true;
                        }
                    }
                }
            }
            bytes.next = end;
        }
        String inside = from > 0 ? "its outermost object" : "the record that starts at " + bytes.start();
        throw new EndedBadly(bytes.place(), "the file ends inside " + inside);
    }

    /** Something that is neither object nor list: up to the next record of the list, or to the end of the line. */
    private Slice scrap() throws IOException {
        bytes.mark();
        boolean inList = !open.isEmpty();
        boolean string = false;
        boolean escaped = false;
        for (int b = bytes.peek(); b >= 0 && b != '\n'; b = bytes.peek()) {
            boolean record = b == '{' || b == '[';
            if (inList && !string && (b == ',' || b == ']' || record)) {
                break;
            }
            if (b == '"' && !escaped) {
                string = !string;
            }
            escaped = string && b == '\\' && !escaped;
            bytes.next++;
        }
        return bytes.slice();
    }

    /**
     * Skips white space, commas, byte order marks and the separators of JSON text sequences; no more than a limit.
     *
     * @return whether there was a comma
     */
    boolean skipBlanks(long limit) throws IOException {
        long skipped = 0;
        boolean comma = false;
        for (int b = bytes.peek(); b >= 0 && BLANKS.indexOf(b) >= 0 && skipped < limit; b = bytes.peek()) {
            bytes.next++;
            skipped++;
            comma |= b == ',';
            if (b == '\n') {
                bytes.newLine(bytes.next);
            }
        }
        return comma;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
