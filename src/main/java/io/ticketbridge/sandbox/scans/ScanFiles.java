package io.ticketbridge.sandbox.scans;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes scans to files and streams, record by record. */
final class ScanFiles {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZoneId scanner;
    private final OcsfRecord ocsf;

    ScanFiles(ZoneId scanner) {
        this.scanner = scanner;
        this.ocsf = new OcsfRecord(scanner);
    }

    /** Writes one account's scan aside and moves it to its name, so that no reader sees half of it by accident. */
    Path write(Path folder, Scan scan, ScanFormat format, ScanVariant variant) throws IOException {
        String account = scan.observations().get(0).account();
        String name =
                "prowler-output-" + account + "-" + STAMP.format(scan.at().atZone(scanner)) + "." + format.extension();
        Path aside = Files.createDirectories(folder).resolve("." + name + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside))) {
            out.write(content(scan, format, variant));
        }
        // One scan, one time: readers that take the oldest file first then go by name, the same way each time.
        Files.setLastModifiedTime(aside, FileTime.from(scan.at()));
        return Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void stream(OutputStream out, Scan scan, ScanFormat format, long count) throws IOException {
        boolean array = format != ScanFormat.NDJSON;
        List<Observation> own = scan.observations();
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.setRootValueSeparator(null);
            if (array) {
                json.writeStartArray();
            }
            for (long i = 0; i < count; i++) {
                long round = i / own.size();
                Observation seen = own.get((int) (i % own.size()));
                json.writeTree(record(round == 0 ? seen : repeated(seen, round), scan, format));
                if (!array) {
                    json.writeRaw('\n');
                }
            }
            if (array) {
                json.writeEndArray();
            }
        }
    }

    private byte[] content(Scan scan, ScanFormat format, ScanVariant variant) throws IOException {
        List<ObjectNode> records = new ArrayList<>();
        String lastRegion = CloudLayout.REGIONS.get(CloudLayout.REGIONS.size() - 1);
        for (Observation seen : scan.observations()) {
            if (variant != ScanVariant.MISSING_REGION || !seen.region().equals(lastRegion)) {
                records.add(record(seen, scan, format));
            }
        }
        switch (variant) {
            case EMPTY -> records.clear();
            case DUPLICATE_RECORD -> firstFailure(scan, "").ifPresent(seen -> records.add(record(seen, scan, format)));
            case PASS_AND_FAIL ->
                firstFailure(scan, "iam_rotate_access_key_90_days")
                        .or(() -> firstFailure(scan, ""))
                        .ifPresent(seen -> records.add(record(seen.with(Status.PASS), scan, format)));
            case UNTERMINATED ->
                records.subList(records.size() / 2, records.size()).clear();
            default -> {}
        }
        byte[] whole = text(records, format, variant).getBytes(StandardCharsets.UTF_8);
        return variant == ScanVariant.CUT_WITHIN_A_RECORD ? Arrays.copyOf(whole, whole.length * 3 / 5) : whole;
    }

    /** As Prowler writes its files: indented records, joined by commas. */
    private static String text(List<ObjectNode> records, ScanFormat format, ScanVariant variant) {
        if (format == ScanFormat.NDJSON) {
            StringBuilder lines = new StringBuilder();
            records.forEach(record -> lines.append(record).append('\n'));
            return lines.toString();
        }
        StringBuilder text = new StringBuilder("[");
        for (ObjectNode record : records) {
            text.append(text.length() > 1 ? "," : "").append(record.toPrettyString());
        }
        text.append(variant == ScanVariant.UNTERMINATED ? "," : "]");
        return variant == ScanVariant.APPENDED ? text + text.substring(1) : text.toString();
    }

    private ObjectNode record(Observation seen, Scan scan, ScanFormat format) {
        return format == ScanFormat.ASFF ? AsffRecord.of(seen, scan) : ocsf.of(seen, scan);
    }

    private static Optional<Observation> firstFailure(Scan scan, String check) {
        return scan.observations().stream()
                .filter(seen -> seen.status() == Status.FAIL && !seen.muted())
                .filter(seen -> check.isEmpty() || seen.check().equals(check))
                .findFirst();
    }

    private static Observation repeated(Observation seen, long round) {
        String suffix = "-n" + round;
        return new Observation(
                seen.check(),
                seen.account(),
                seen.region(),
                seen.resourceUid() + suffix,
                seen.resourceName() + suffix,
                seen.status(),
                seen.muted());
    }
}
