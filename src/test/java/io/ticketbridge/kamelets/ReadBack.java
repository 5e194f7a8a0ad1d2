package io.ticketbridge.kamelets;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.source.files.FindingsFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What Ticketbridge makes of a message that a source sends, as its intake reads it. */
public final class ReadBack {
    private ReadBack() {}

    public static List<SourceRecord> records(String body) {
        try (FindingsFile file =
                FindingsFile.open(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), "message.json")) {
            List<SourceRecord> records = new ArrayList<>();
            file.forEachRemaining(records::add);
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Finding> findings(List<KameletWorld.Message> messages) {
        return messages.stream()
                .flatMap(message -> records(message.body()).stream())
                .filter(Finding.class::isInstance)
                .map(Finding.class::cast)
                .toList();
    }
}
