package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what was measured, and keeps it as Markdown and JSON in one folder. */
final class Results {
    private final Path folder;
    private final String name;
    private final Machine machine = Machine.here();
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Results(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        text.append(machine).append('\n');
    }

    void add(Measures measures) throws IOException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("plan", measures.plan());
        value.put("ratios", ratios(measures));
        value.put("sizes", measures.sizes());
        value.put("timings", measures.timings());
        add(Table.of(measures), value);
    }

    /** Written each time: what was measured is there even if the rest fails. */
    void add(String table, Object value) throws IOException {
        text.append('\n').append(table);
        values.add(value);
        Files.writeString(folder.resolve(name + ".md"), text);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(name + ".json").toFile(), Map.of("machine", machine, "measured", values));
    }

    private static Map<String, Map<Phase, Double>> ratios(Measures measures) {
        Map<String, Map<Phase, Double>> ratios = new LinkedHashMap<>();
        List<Contenders> contenders = measures.plan().contenders();
        if (contenders.contains(Contenders.TICKETBRIDGE)) {
            for (Contenders other : contenders) {
                Map<Phase, Double> phases = ratios.computeIfAbsent(other.title(), title -> new LinkedHashMap<>());
                for (Phase phase : Phase.values()) {
                    phases.put(phase, measures.ratio(Contenders.TICKETBRIDGE, other, phase));
                }
            }
        }
        return ratios;
    }

    void print() {
        System.out.println(text);
        System.out.println("Kept in " + folder.resolve(name) + ".md and .json");
    }
}
