package io.ticketbridge.source.files;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Run;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a findings file for the route, in pages, and judges at its end what it is evidence of. */
public final class FindingsFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FindingsFiles.class);
    private static final int PAGE = 500;

    private final boolean stay;

    public FindingsFiles() {
        this(false);
    }

    /** @param stay whether files stay where they are after they were read: in a plan */
    public FindingsFiles(boolean stay) {
        this.stay = stay;
    }

    /** The files that wait in a folder, the oldest first: a scan must not be read after the one that followed it. */
    public List<File> waiting(String folder) throws IOException {
        Path path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            throw new NoSuchFileException(folder, null, "no such folder; make it, or change the flow's folder setting");
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(Path::toFile)
                    .filter(file -> file.isFile() && !file.getName().startsWith("."))
                    .sorted(Comparator.comparingLong(File::lastModified).thenComparing(File::getName))
                    .toList();
        }
    }

    public void done(Exchange exchange) throws IOException {
        putAway(exchange, ".done");
    }

    /** The run of the file says why; the file is kept for whoever mends it. */
    public void refused(Exchange exchange) throws IOException {
        putAway(exchange, ".error");
    }

    private void putAway(Exchange exchange, String folder) throws IOException {
        if (stay) {
            return;
        }
        File file = exchange.getProperty("file", File.class);
        Path target = Files.createDirectories(file.toPath().resolveSibling(folder));
        Files.move(file.toPath(), target.resolve(file.getName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** @return the file's pages, read as they are asked for */
    public Iterator<List<SourceRecord>> open(Exchange exchange) throws IOException {
        File file = exchange.getMessage().getBody(File.class);
        exchange.setProperty("file", file);
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
            if (file.complete() && file.unreadable() == 0) {
                exchange.getProperty("run", Run.class).complete();
            }
            file.problem()
                    .ifPresent(problem -> LOG.warn(
                            "A findings file is not complete: what it says counts, what it does not say proves nothing. cause=\"{}\"",
                            problem));
        }
    }

    /** Reads a record that could not be used before from its raw text. */
    public List<SourceRecord> reread(String raw) throws IOException {
        List<SourceRecord> records = new ArrayList<>();
        try (FindingsFile file =
                FindingsFile.open(new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)), "dead letter")) {
            file.forEachRemaining(records::add);
            file.problem().ifPresent(problem -> records.add(new Unreadable(raw, problem)));
        }
        return records;
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
