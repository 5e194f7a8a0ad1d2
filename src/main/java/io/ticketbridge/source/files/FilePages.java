package io.ticketbridge.source.files;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** A findings file in pages. */
final class FilePages implements Iterator<List<SourceRecord>> {
    private static final int PAGE = 500;
    /** A page is held in memory, and a record may have megabytes. */
    private static final long PAGE_BYTES = 8 << 20;

    private final FindingsFile file;
    private final Consumer<Finding> each;

    /** @param each is shown every finding before its page is handed out */
    FilePages(FindingsFile file, Consumer<Finding> each) {
        this.file = file;
        this.each = each;
    }

    @Override
    public boolean hasNext() {
        return file.hasNext();
    }

    @Override
    public List<SourceRecord> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<SourceRecord> page = new ArrayList<>(PAGE);
        long end = file.bytesOfRecords() + PAGE_BYTES;
        while (page.size() < PAGE && file.bytesOfRecords() < end && file.hasNext()) {
            SourceRecord record = file.next();
            if (record instanceof Finding finding) {
                each.accept(finding);
            }
            page.add(record);
        }
        return page;
    }
}
