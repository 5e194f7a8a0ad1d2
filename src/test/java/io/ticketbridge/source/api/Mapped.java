package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A mapping, and what it makes of pages. */
final class Mapped {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Mapped() {}

    /** A whole one, but for the part of it that a test is about. */
    static final String WHOLE =
            """
            request: {path: /items}
            records: /items
            finding:
              check: /rule
              resources: {uid: /id}
              result: {from: /state, fail: BAD, pass: GOOD}
            """;

    static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        MappingText.read("own.yaml", text, problems);
        return problems;
    }

    static Mapping of(String text) {
        List<String> problems = new ArrayList<>();
        Mapping mapping = MappingText.read("own.yaml", text, problems);
        assertThat(problems).isEmpty();
        return mapping;
    }

    static Mapping shipped(String name) {
        try {
            return of(Files.readString(Path.of("config/mappings", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode file(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<SourceRecord> records(Mapping mapping, JsonNode page) {
        RecordMapper mapper = new RecordMapper(mapping, "api:test");
        return new ApiPages(mapping, "")
                .accept(page).stream()
                        .flatMap(record -> mapper.findings(record).stream())
                        .toList();
    }

    static List<Finding> findings(Mapping mapping, JsonNode page) {
        List<SourceRecord> records = records(mapping, page);
        assertThat(records).hasOnlyElementsOfType(Finding.class);
        return records.stream().map(Finding.class::cast).toList();
    }

    static Finding finding(String mapping, String record) {
        List<SourceRecord> records = new RecordMapper(of(mapping), "api:test").findings(json(record));
        assertThat(records).singleElement().isInstanceOf(Finding.class);
        return (Finding) records.get(0);
    }

    static String error(String mapping, String record) {
        List<SourceRecord> records = new RecordMapper(of(mapping), "api:test").findings(json(record));
        assertThat(records).singleElement().isInstanceOf(Unreadable.class);
        return ((Unreadable) records.get(0)).error();
    }
}
