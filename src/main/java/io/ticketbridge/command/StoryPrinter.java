package io.ticketbridge.command;

import io.ticketbridge.ledger.report.Story;
import io.ticketbridge.ledger.report.Story.Event;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** Prints a story: what is so, then what happened, a line each. */
final class StoryPrinter {
    private final PrintStream out;
    private final boolean details;
    private boolean first = true;

    StoryPrinter(PrintStream out, boolean details) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        this.details = details;
    }

    void print(Story story) {
        if (!first) {
            out.println();
        }
        first = false;
        out.println(Printer.line(story.title()));
        out.printf("  %-9s %s%n", "flow", story.flow());
        story.facts().forEach((name, fact) -> out.printf("  %-9s %s%n", name, Printer.line(fact)));
        out.println();
        story.events().forEach(this::print);
    }

    private void print(Event event) {
        out.printf(
                "%s  %-8s  %s%n", event.at().truncatedTo(ChronoUnit.SECONDS), event.what(), Printer.line(event.text()));
        if (details) {
            detail("sent", event.request());
            detail("answer", event.answer());
        }
    }

    private void detail(String name, String text) {
        if (text != null && !text.isBlank()) {
            text.lines().forEach(line -> out.printf("%30s  %s%n", name, Printer.line(line)));
        }
    }
}
