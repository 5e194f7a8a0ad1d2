package io.ticketbridge.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.command.TicketbridgeCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The command line, run inside the test's process: what it wrote, and its exit code. One at a time.
 *
 * @param exit the exit code
 * @param out standard output
 * @param err standard error, the log included
 */
public record CommandRun(int exit, String out, String err) {
    private static final String LOG_LINE = "(\\d{4}-\\d{2}-\\d{2}T)?\\d{2}:\\d{2}:\\d{2}\\.\\d{3}.*";

    public static synchronized CommandRun of(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            int exit = TicketbridgeCommand.execute(arguments);
            return new CommandRun(
                    exit, written.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The lines on standard error that are no log lines. */
    public List<String> messages() {
        return err.lines().filter(line -> !line.matches(LOG_LINE)).toList();
    }

    /** Standard output as the one JSON object that it must be. */
    public JsonNode json() {
        try {
            return new ObjectMapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
