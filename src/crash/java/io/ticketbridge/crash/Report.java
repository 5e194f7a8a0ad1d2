package io.ticketbridge.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures of a run: printed, and written as {@code report.md} and {@code report.json}. */
record Report(long seed, List<Tally> tallies) {

    void write(Path folder) {
        String text = markdown();
        System.out.println(text);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.md"), text);
            Files.writeString(
                    folder.resolve("report.json"),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Crash harness\n\nSeed " + seed + ".\n\n");
        row(text, "", tally -> tally.ledger);
        text.append("| --- |").append(" ---: |".repeat(tallies.size())).append('\n');
        row(text, "**kills**", Tally::kills);
        for (Step step : Step.values()) {
            row(text, step.words, tally -> tally.killed.getOrDefault(step, 0));
        }
        row(text, "ended before its step", tally -> tally.notReached.values().stream()
                .mapToInt(Integer::intValue)
                .sum());
        row(text, "**faults**", tally -> tally.faults.values().stream()
                .mapToLong(Long::longValue)
                .sum());
        Map<String, Boolean> names = new TreeMap<>();
        tallies.forEach(tally -> tally.faults.keySet().forEach(name -> names.put(name, true)));
        names.keySet().forEach(name -> row(text, name, tally -> tally.faults.getOrDefault(name, 0L)));
        row(text, "**comparisons**", tally -> tally.comparisons);
        row(text, "tickets at the end", tally -> tally.tickets);
        row(text, "tickets compared", tally -> tally.ticketsCompared);
        row(text, "**missing**", tally -> tally.missing);
        row(text, "**duplicate**", tally -> tally.duplicate);
        row(text, "**repeated notes**", tally -> tally.repeatedNotes);
        row(text, "duration in seconds", tally -> tally.duration.toSeconds());
        return text.toString();
    }

    private void row(StringBuilder text, String name, Function<Tally, Object> figure) {
        text.append("| ").append(name).append(" |");
        tallies.forEach(tally -> text.append(' ').append(figure.apply(tally)).append(" |"));
        text.append('\n');
    }

    private ObjectNode json() {
        ObjectNode all = new ObjectMapper().createObjectNode().put("seed", seed);
        for (Tally tally : tallies) {
            ObjectNode one = all.putObject(tally.ledger)
                    .put("kills", tally.kills())
                    .put("comparisons", tally.comparisons)
                    .put("tickets", tally.tickets)
                    .put("ticketsCompared", tally.ticketsCompared)
                    .put("missing", tally.missing)
                    .put("duplicate", tally.duplicate)
                    .put("repeatedNotes", tally.repeatedNotes)
                    .put("seconds", tally.duration.toSeconds());
            ObjectNode steps = one.putObject("killsByStep");
            tally.killed.forEach((step, count) -> steps.put(step.words, count));
            ObjectNode faults = one.putObject("faults");
            tally.faults.forEach(faults::put);
        }
        return all;
    }
}
