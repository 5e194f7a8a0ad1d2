package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Turns the bytes of one record into findings, or into the reason why there are none (P4). */
final class RecordReader {
    private final String name;
    private final Map<String, Integer> leftOut = new TreeMap<>();

    RecordReader(String name) {
        this.name = name;
    }

    List<SourceRecord> read(Slice slice) {
        try {
            Normalised normalised = normalised(slice);
            List<SourceRecord> records = new ArrayList<>(normalised.findings());
            normalised.problems().forEach(problem -> records.add(unreadable(slice, slice.place() + ": " + problem)));
            return records;
        } catch (LeftOut e) {
            leftOut.merge(e.getMessage(), 1, Integer::sum);
            return List.of();
        } catch (Unfit e) {
            return List.of(unreadable(slice, e.at(slice.place())));
        } catch (RuntimeException e) {
            // A record that nobody thought of must not cost the others.
            return List.of(unreadable(
                    slice, slice.place() + ": unexpected " + e.getClass().getSimpleName() + "; please report it"));
        }
    }

    /** How many records were left out so far, by their kind. */
    Map<String, Integer> leftOut() {
        return leftOut;
    }

    private static Normalised normalised(Slice slice) throws Unfit {
        if (slice.tooLong()) {
            throw new Unfit("the record has " + slice.size() + " bytes, more than the limit of " + Bytes.MAX_RECORD
                    + "; shorten it at its source");
        }
        JsonNode record = RecordParser.parse(slice);
        if (!record.isObject()) {
            throw new Unfit(record.getNodeType().name().toLowerCase(Locale.ROOT)
                    + " where a record was expected; take it out of the file");
        }
        return RecordFormat.of(record).normalise(record);
    }

    private Unreadable unreadable(Slice slice, String error) {
        return new Unreadable(slice.raw(), name + ", " + error);
    }
}
