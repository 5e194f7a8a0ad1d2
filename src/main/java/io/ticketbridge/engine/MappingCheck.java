package io.ticketbridge.engine;

import io.ticketbridge.check.ApiChecks;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.source.api.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
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
        List<Checked> checks = new ArrayList<>();
        if (sample.problems().isEmpty()) {
            checks.add(Checked.ok(MAPPINGS, MAPPINGS, mapping + " keeps its rules"));
        }
        sample.problems().forEach(problem -> checks.add(Checked.problem(MAPPINGS, MAPPINGS, problem, "")));
        sample.doubt().map(doubt -> ApiChecks.doubt(MAPPINGS, doubt)).ifPresent(checks::add);
        return new MappingCheck(checks, sample.records());
    }
}
