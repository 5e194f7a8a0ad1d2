package io.ticketbridge.sync;

import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.TicketFile;
import io.ticketbridge.ticket.TicketNote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What is noted on a case or alert: who said it, when, what, and the short reference by which it is found again. */
final class Texts {
    /** A request may have 1 MB (vision-one.md, section 1.1); JSON writes some characters with six. */
    private static final int MOST_BYTES = 900_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private Texts() {}

    static String note(TicketNote note, String number, String reference) {
        String when = note.at() == null ? note.shownAt() : TIME.format(note.at());
        return whole(
                (note.internal() ? "Work note by " : "Comment by ") + PlainText.oneLine(note.author()) + " on " + number
                        + ", " + when + ":\n",
                note.text(),
                number,
                reference);
    }

    static String file(TicketFile file, String number, String reference) {
        return whole(
                "File attached by " + PlainText.oneLine(file.author()) + " on " + number + when(file.at()) + ": "
                        + PlainText.oneLine(file.name()),
                "",
                number,
                reference);
    }

    /** In place of a file that stays where it is. */
    static String largeFile(TicketFile file, String number, String reference) {
        return inPlaceOf(
                file,
                "[too large for Vision One: " + size(file.size()) + "; the file is on " + number + "]",
                number,
                reference);
    }

    static String fileThatStays(TicketFile file, String number, String reference) {
        return inPlaceOf(file, "[alerts take no files; it is on " + number + "]", number, reference);
    }

    private static String inPlaceOf(TicketFile file, String why, String number, String reference) {
        return whole(
                "File attached by " + PlainText.oneLine(file.author()) + " on " + number + when(file.at()) + ": "
                        + PlainText.oneLine(file.name()) + "\n",
                why,
                number,
                reference);
    }

    static String size(long bytes) {
        return bytes < 0 ? "of unknown size" : String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    static String said(String text, String number, String reference) {
        return whole("", text, number, reference);
    }

    private static String when(Instant at) {
        return at == null ? "" : ", " + TIME.format(at);
    }

    private static String whole(String head, String text, String number, String reference) {
        String clean = PlainText.lines(text);
        String cut = cut(clean);
        String rest = cut.length() == clean.length()
                ? ""
                : "\n[cut: the whole text of " + clean.length() + " characters is on " + number + "]";
        return head + cut + rest + "\n\n" + References.ending(reference);
    }

    /** Cut where the text would take more bytes as JSON, never inside a character. */
    private static String cut(String text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            bytes += point < 0x20 || point == '"' || point == '\\'
                    ? 6
                    : Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                return text.substring(0, at);
            }
            at += Character.charCount(point);
        }
        return text;
    }
}
