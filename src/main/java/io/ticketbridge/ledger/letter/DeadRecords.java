package io.ticketbridge.ledger.letter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads the records of dead letters again: findings that died in a route as they were, others from their source's raw text. */
public final class DeadRecords {
    /** Reads one record of a source from its raw text. */
    @FunctionalInterface
    public interface RawReader {
        List<SourceRecord> read(String raw) throws IOException;
    }

    private final Function<String, Optional<RawReader>> readers;

    /** @param readers by flow; empty where the source's records can't be read by themselves */
    public DeadRecords(Function<String, Optional<RawReader>> readers) {
        this.readers = readers;
    }

    /** Why the letter can't be replayed; empty if it can. */
    public Optional<String> hindrance(DeadLetter letter) {
        if (!letter.stage().equals("read")) {
            return letter.groupId() == null
                    ? Optional.of("it does not say which ticket it is about; it follows when that changes")
                    : Optional.empty();
        }
        if (letter.raw() == null || letter.raw().length() >= DeadLetters.LONGEST_RAW) {
            return Optional.of("its record is too long to be kept whole; read it again from its source");
        }
        if (!isFinding(letter) && readers.apply(letter.flow()).isEmpty()) {
            return Optional.of("a record of this source can't be read without the scan that it is in; the flow's next"
                    + " scan brings it again");
        }
        return Optional.empty();
    }

    /** Of what several runs said of one thing, only what the last of them said. */
    public List<SourceRecord> read(List<DeadLetter> letters) {
        record Read(long run, SourceRecord record) {}
        List<Read> all = letters.stream()
                .filter(letter -> letter.stage().equals("read"))
                .flatMap(letter -> read(letter).stream().map(record -> new Read(letter.runId(), record)))
                .toList();
        Map<UUID, Long> last = new HashMap<>();
        for (Read each : all) {
            if (each.record() instanceof Finding finding) {
                last.merge(finding.id(), each.run(), Math::max);
            }
        }
        return all.stream()
                .filter(each -> !(each.record() instanceof Finding finding) || each.run() == last.get(finding.id()))
                .map(Read::record)
                .toList();
    }

    private List<SourceRecord> read(DeadLetter letter) {
        try {
            return isFinding(letter)
                    ? List.of(Json.finding(letter.raw()))
                    : readers.apply(letter.flow()).orElseThrow().read(letter.raw());
        } catch (JsonProcessingException e) {
            return List.of(new Unreadable(letter.raw(), "Not valid JSON any more: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return List.of(new Unreadable(letter.raw(), Causes.sentence(e)));
        }
    }

    private static boolean isFinding(DeadLetter letter) {
        return letter.kind().equals("error");
    }
}
