package io.ticketbridge.deliver;

import io.ticketbridge.ticket.Listed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes rows into CSV files of limited size, each with the header. */
final class CsvParts implements AutoCloseable {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;
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
        this.folder = Files.createTempDirectory("ticketbridge-csv");
    }

    void add(Listed finding) throws IOException {
        Object[] row = {
            cell(finding.account()),
            cell(finding.region()),
            cell(finding.check()),
            cell(finding.resourceUid()),
            cell(finding.resourceName()),
            cell(finding.resourceType()),
            finding.severity().name().toLowerCase(java.util.Locale.ROOT),
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

    /** A spreadsheet takes a cell that begins so for a formula (P38). */
    private static String cell(String text) {
        String clean = text.replace("\0", "");
        return clean.isEmpty() || "=+-@\t\r\n".indexOf(clean.charAt(0)) < 0 ? clean : "'" + clean;
    }

    @Override
    public void close() throws IOException {
        if (printer != null) {
            printer.close();
            printer = null;
        }
    }
}
