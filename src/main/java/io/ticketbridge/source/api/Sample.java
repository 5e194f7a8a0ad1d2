package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a mapping makes of one page.
 *
 * @param problems why the mapping can't be used at all, a sentence each
 * @param doubt why it can't prove what it says it does
 */
public record Sample(List<String> problems, Optional<String> doubt, List<SourceRecord> records) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Sample of(Mapping mapping, String scope, JsonNode page) {
        RecordMapper mapper = new RecordMapper(mapping, scope);
        List<SourceRecord> records = new ArrayList<>();
        new ApiPages(mapping, "").accept(page).forEach(record -> records.addAll(mapper.findings(record)));
        return new Sample(List.of(), mapping.doubt(), records);
    }

    /** @param page null to look at the mapping alone */
    public static Sample of(Path mapping, Path page) {
        List<String> problems = new ArrayList<>();
        Mapping read = Mappings.read(mapping, problems);
        if (!problems.isEmpty() || page == null) {
            return new Sample(problems, problems.isEmpty() ? read.doubt() : Optional.empty(), List.of());
        }
        try {
            return of(read, "api:sample", JSON.readTree(Files.readAllBytes(page)));
        } catch (UnexpectedAnswer e) {
            return broken(e.getMessage());
        } catch (JsonProcessingException e) {
            return broken(page + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return broken(page + " can't be read; name a file that holds one answer of the API");
        }
    }

    private static Sample broken(String problem) {
        return new Sample(List.of(problem), Optional.empty(), List.of());
    }
}
