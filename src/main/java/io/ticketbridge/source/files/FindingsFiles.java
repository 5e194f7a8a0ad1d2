package io.ticketbridge.source.files;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Run;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a findings file for the route, in pages, and judges at its end what it is evidence of. */
public final class FindingsFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FindingsFiles.class);
    private static final int PAGE = 500;

    /** @return the file's pages, read as they are asked for */
    public Iterator<List<SourceRecord>> open(Exchange exchange) throws IOException {
        Object body = exchange.getMessage().getBody();
        File file = body instanceof GenericFile<?> generic ? (File) generic.getFile() : (File) body;
        FindingsFile findings = FindingsFile.open(new FileInputStream(file), file.getName());
        exchange.setProperty("findingsFile", findings);
        return new FilePages(findings);
    }

    /**
     * A file that was cut off, or hides a record that could not be read, is not evidence that something is gone (P11). What
     * it does say is true all the same.
     */
    public void judge(Exchange exchange) throws IOException {
        try (FindingsFile file = exchange.getProperty("findingsFile", FindingsFile.class)) {
            if (!file.complete() || file.unreadable() > 0) {
                exchange.getProperty("run", Run.class).incomplete();
            }
            file.problem()
                    .ifPresent(problem -> LOG.warn(
                            "A findings file is not complete: what it says counts, what it does not say proves nothing. cause=\"{}\"",
                            problem));
        }
    }

    private record FilePages(FindingsFile file) implements Iterator<List<SourceRecord>> {
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
            while (page.size() < PAGE && file.hasNext()) {
                page.add(file.next());
            }
            return page;
        }
    }
}
