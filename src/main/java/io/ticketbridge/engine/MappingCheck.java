package io.ticketbridge.engine;

import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.source.api.Sample;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a mapping of an API can be used, and what it makes of one of the API's answers; without settings and network.
 *
 * @param records of the page, in its order
 */
public record MappingCheck(List<Checked> checks, List<SourceRecord> records) {
    private static final String MAPPINGS = "mappings";

    /** @param page a file with one answer, or null */
    public static MappingCheck of(Path mapping, Path page) {
        Sample sample = Sample.of(mapping, page);
        return new MappingCheck(
                sample.problems().isEmpty()
                        ? List.of(Checked.ok(MAPPINGS, MAPPINGS, mapping + " keeps its rules"))
                        : sample.problems().stream()
                                .map(problem -> Checked.problem(MAPPINGS, MAPPINGS, problem, ""))
                                .toList(),
                sample.records());
    }
}
