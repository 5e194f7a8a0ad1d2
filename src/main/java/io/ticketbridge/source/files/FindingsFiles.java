package io.ticketbridge.source.files;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.intake.FilesRead;
import io.ticketbridge.ledger.intake.Intake;
import io.ticketbridge.ledger.pass.PassOf;
import io.ticketbridge.ledger.pass.PassingFailure;
import io.ticketbridge.ledger.run.Run;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a findings file for the route, in pages, and judges at its end what it is evidence of. */
public final class FindingsFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FindingsFiles.class);
    /** On an exchange: what is imported is one part of several, or filtered. */
    public static final String IS_PART = "isPart";

    private static final String FILE = "file";
    private static final String AS_IT_WAS = "findingsFileAsItWas";
    private static final String WAITING = "waitingFiles";
    private static final String READING = "findingsFile";
    private static final String STILL_WRITTEN = "isStillWritten";
    private static final String WAS_READ = "findingsFileRead";

    private final FilesRead known;
    private final Predicate<String> isWhole;
    private final boolean stay;
    private final Clock clock;
    private final UnmovedFiles unmoved;
    private volatile FileBytes current;

    /**
     * @param isWhole whether files of a flow are whole scans
     * @param stay whether files stay where they are after they were read: in a plan
     */
    public FindingsFiles(FilesRead known, Predicate<String> isWhole, boolean stay, Clock clock) {
        this.known = known;
        this.isWhole = isWhole;
        this.stay = stay;
        this.clock = clock;
        unmoved = new UnmovedFiles(clock);
    }

    /** How far a file was read. */
    public record Progress(String name, long read, long size) {}

    /** Of the file that is read now. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(current)
                .map(bytes -> new Progress(bytes.name(), Math.min(bytes.bytesRead(), bytes.size()), bytes.size()));
    }

    /** Whether a file is there, whole or not; where the folder can't be looked into, its pass says so. */
    public boolean mayFind(Path folder) {
        return new WatchedFolder(folder.toString(), clock).mayFind();
    }

    /** The whole files that wait in a folder, the oldest first; it ends with the first that has to stay there. */
    public Iterator<File> waiting(Exchange exchange, String folder) throws IOException {
        WatchedFolder watched = new WatchedFolder(folder, clock);
        List<File> files = watched.waiting();
        if (!files.isEmpty()) {
            watched.requireRoom(!stay);
            files = stay ? files : unmoved.moved(files);
        }
        WaitingFiles waiting = new WaitingFiles(files);
        exchange.setProperty(WAITING, waiting);
        return waiting;
    }

    /**
     * Whether it has other content than the last that the flow has read, under whatever name. Content from before that one is news: things
     * are again as they were then. So is the last one's where a ticket is done and what it was for fails all the same (P7, P8).
     */
    public boolean isNews(Exchange exchange) throws IOException {
        File file = exchange.getMessage().getBody(File.class);
        String flow = new PassOf(exchange).flow();
        found(exchange, file);
        if (!known.hasSize(flow, file.length())) {
            return true;
        }
        Optional<String> before = known.nameOf(flow, FileBytes.digestOf(file)).filter(name -> !known.isAwaited(flow));
        before.ifPresent(name -> LOG.info(
                "A findings file has the content of the last that was read; it is not read again, unless you import it. file=\"{}\" before=\"{}\" flow={}",
                file.getName(),
                name,
                flow));
        return before.isEmpty();
    }

    /** It was read, or need not be. One that may still be written stays for the next pass. */
    public void done(Exchange exchange) throws IOException {
        if (exchange.getProperty(STILL_WRITTEN, false, Boolean.class)) {
            stays(exchange);
        } else {
            putAway(exchange, ".done");
        }
    }

    /** The run of the file says why; the file is kept for whoever mends it. Where it is the ledger that failed, it is read again. */
    public void refused(Exchange exchange) throws IOException {
        FileReading reading = exchange.getProperty(READING, FileReading.class);
        current = null;
        if (reading != null) {
            reading.close();
        }
        if (PassingFailure.isCauseOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))) {
            stays(exchange);
        } else {
            putAway(exchange, ".error");
        }
    }

    private static void stays(Exchange exchange) {
        int later = exchange.getProperty(WAITING, WaitingFiles.class).waitForLast();
        if (later > 0) {
            LOG.info(
                    "Newer findings files wait until an older one was read to its end. file=\"{}\" waiting={} flow={}",
                    exchange.getProperty(FILE, File.class).getName(),
                    later,
                    new PassOf(exchange).flow());
        }
    }

    /** Its scan may take minutes to conclude, and who writes it anew meanwhile does so under the same name. */
    private static void found(Exchange exchange, File file) {
        exchange.setProperty(FILE, file);
        exchange.setProperty(AS_IT_WAS, AsItWas.of(file));
    }

    private void putAway(Exchange exchange, String folder) throws IOException {
        if (stay) {
            return;
        }
        File file = exchange.getProperty(FILE, File.class);
        AsItWas was = exchange.getProperty(AS_IT_WAS, AsItWas.class);
        if (was != null && file.exists() && !was.is(file)) {
            LOG.info(
                    "A findings file was written anew before it could be put away; what stands there now is read next time. file=\"{}\" flow={}",
                    file.getName(),
                    new PassOf(exchange).flow());
            stays(exchange);
            return;
        }
        try {
            unmoved.putAway(file, folder);
        } catch (IOException e) {
            stays(exchange);
            throw e;
        }
    }

    /**
     * @throws NotAFindingsFile if it is no JSON, damaged gzip, or one scan appended to another
     * @throws TooLarge if it has more bytes, unpacked
     */
    public void requireFindings(File body, long most) throws IOException {
        OneScan.requireOf(body, most);
    }

    /** @return the pages of a file, or of what was sent, read as they are asked for */
    public Iterator<List<SourceRecord>> open(Exchange exchange) throws IOException {
        FileReading reading = exchange.getMessage().getBody() instanceof Intake intake
                ? new FileReading(FindingsFile.open(intake.open(), intake.toString()), null, intake.complete())
                : open(exchange, exchange.getMessage().getBody(File.class));
        exchange.setProperty(READING, reading);
        return reading.pages(finding -> new PassOf(exchange).run().provesNothingWhere(finding));
    }

    private FileReading open(Exchange exchange, File file) throws IOException {
        found(exchange, file);
        FileBytes bytes = FileBytes.open(file);
        FindingsFile findings = FindingsFile.open(bytes, file.getName());
        try {
            OneScan.requireOf(file);
        } catch (IOException | RuntimeException e) {
            findings.close();
            throw e;
        }
        current = bytes;
        return new FileReading(findings, bytes, !exchange.getProperty(IS_PART, false, Boolean.class));
    }

    /**
     * What was cut off or is one batch of several is not evidence that something is gone (P11), nor is what has a record that could not
     * be used: its dead letter sees to that. What it does say is true all the same.
     */
    public void judge(Exchange exchange) throws IOException {
        try (FileReading reading = exchange.getProperty(READING, FileReading.class)) {
            Run run = new PassOf(exchange).run();
            boolean isWatched = exchange.getProperty(WAITING) != null;
            boolean written = reading.isStillWritten(isWatched, clock.instant());
            if (written) {
                exchange.setProperty(STILL_WRITTEN, true);
            }
            reading.tell(run, written);
            if (!written && reading.isWhole() && isWhole.test(run.flow())) {
                run.complete();
            }
            if (!written) {
                reading.wasRead().ifPresent(file -> exchange.setProperty(WAS_READ, file));
            }
        } finally {
            current = null;
        }
    }

    /** Only once its scan is concluded a file need not be read again (P1). */
    public void noted(Exchange exchange) {
        FileReading.WasRead file = exchange.getProperty(WAS_READ, FileReading.WasRead.class);
        if (file != null) {
            known.add(new PassOf(exchange).run(), file.name(), file.digest(), file.size());
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
}
