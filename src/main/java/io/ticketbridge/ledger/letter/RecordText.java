package io.ticketbridge.ledger.letter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Text;

/** Records as text, on their way from one process to another. */
public final class RecordText {
    private RecordText() {}

    /** Every character counts: the identity is made of them. */
    public static String write(SourceRecord record) {
        return Json.writeAsItIs(record);
    }

    /** What is no finding any more is unreadable: it becomes a dead letter and costs only itself (P4). */
    public static SourceRecord read(String text, boolean isFinding) {
        try {
            SourceRecord record = isFinding ? Json.finding(text) : Json.unreadable(text);
            return record == null ? new Unreadable(text, "It says nothing") : record;
        } catch (JsonProcessingException | RuntimeException e) {
            return new Unreadable(
                    text,
                    "Not valid JSON any more: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** What a dead letter keeps of a record that could not be read; more need not travel. */
    public static Unreadable cut(Unreadable record) {
        return new Unreadable(Text.cut(record.raw(), DeadLetters.LONGEST_RAW), record.error());
    }

    /** A finding too long to travel, as what becomes of it (P4). */
    public static Unreadable tooLong(String finding, int length, int most) {
        return cut(new Unreadable(
                finding,
                "It has " + length + " bytes, and a message to the topic may have " + most
                        + ": shorten its texts where it comes from"));
    }
}
