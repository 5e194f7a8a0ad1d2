package io.ticketbridge.deliver;

import io.ticketbridge.ticket.Listed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows into CSV files of limited size, each with the header. */
final class CsvParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CsvParts.class);
    private static final String FOLDER = "ticketbridge-csv";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;
    private static final Pattern BEHIND_SEPARATOR = Pattern.compile("(?s)(?<=.)([;\\t\\r\\n]\\s*)([=+\\-@])");
    private static final String[] HEADER = {
        "account", "region", "check", "resource", "name", "type", "severity", "message", "first_seen"
    };

    private final String prefix;
    private final long limit;
    private final Path folder;
    private final List<Path> parts = new ArrayList<>();
    private CSVPrinter printer;
    private long size;

    CsvParts(String prefix, long limit) throws IOException {
        this.prefix = prefix;
        this.limit = limit;
        this.folder = Files.createTempDirectory(FOLDER);
    }

    /** Deletes what processes that died have left. Whoever is at work sends, and so deletes, a part more often than once an hour. */
    static void deleteLeft() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, FOLDER + "*")) {
            Instant old = Instant.now().minus(Duration.ofHours(1));
            for (Path each : folders) {
                deleteIfOlder(each, old);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Old temporary files can't be deleted. folder={} cause=\"{}\"", temporary, e.getMessage());
        }
    }

    private static void deleteIfOlder(Path folder, Instant old) {
        try {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                delete(folder);
            }
        } catch (IOException e) {
            LOG.debug("{} stays, or is gone already", folder, e);
        }
    }

    void add(Listed finding) throws IOException {
        Object[] row = {
            cell(finding.account()),
            cell(finding.region()),
            cell(finding.check()),
            cell(finding.resourceUid()),
            cell(finding.resourceName()),
            cell(finding.resourceType()),
            finding.severity().name().toLowerCase(Locale.ROOT),
            cell(finding.message()),
            finding.firstSeen()
        };
        String text = FORMAT.format(row) + "\r\n";
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (printer == null || size + bytes > limit) {
            next();
        }
        printer.printRecord(row);
        size += bytes;
    }

    private void next() throws IOException {
        close();
        Path part = folder.resolve(prefix + "-part" + (parts.size() + 1) + ".csv");
        parts.add(part);
        printer = new CSVPrinter(Files.newBufferedWriter(part, StandardCharsets.UTF_8), FORMAT);
        printer.printRecord((Object[]) HEADER);
        size = FORMAT.format((Object[]) HEADER).length() + 2L;
    }

    List<Path> finish() throws IOException {
        close();
        return parts;
    }

    /**
     * A spreadsheet takes a cell that begins so for a formula (P38). One that splits at semicolons, as Excel does in half of Europe,
     * or at tabs, heeds no quotation mark in the middle of what is a cell to it: there a cell begins within ours, too.
     */
    private static String cell(String text) {
        String clean = BEHIND_SEPARATOR.matcher(text.replace("\0", "")).replaceAll("$1'$2");
        return clean.isEmpty() || "=+-@\t\r\n".indexOf(clean.charAt(0)) < 0 ? clean : "'" + clean;
    }

    /** Everything that was not sent, and the folder. */
    void delete() {
        try {
            delete(folder);
        } catch (IOException e) {
            LOG.warn("Temporary files can't be deleted. folder={} cause=\"{}\"", folder, e.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        if (printer != null) {
            printer.close();
            printer = null;
        }
    }
}
