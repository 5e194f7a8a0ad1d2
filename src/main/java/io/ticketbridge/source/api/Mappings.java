package io.ticketbridge.source.api;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mappings of the flows. An edited file is taken over with the next pass; one that is wrong is refused, and the old one goes on
 * (P34). Thread-safe.
 */
public final class Mappings {
    private static final Logger LOG = LoggerFactory.getLogger(Mappings.class);

    /** @param refused the text that was refused last, so that it is said once */
    private record Read(Path file, String text, Mapping mapping, String refused) {}

    private final Map<String, Read> byFlow = new ConcurrentHashMap<>();

    /** @param problems takes everything that is wrong with the mappings of enabled flows */
    public Mappings(Settings settings, List<String> problems) {
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.source() == SourceKind.API)
                .forEach(flow -> read(flow, problems));
    }

    /** A mapping by itself; null if anything is wrong with it, which is said then. */
    static Mapping read(Path file, List<String> problems) {
        String text = MappingFile.text(file, problems);
        return text == null ? null : MappingText.read(file.toString(), text, problems);
    }

    private void read(FlowSettings flow, List<String> problems) {
        Path file = flow.mapping().orElseThrow();
        List<String> own = new ArrayList<>();
        String text = MappingFile.text(file, own);
        Mapping mapping = text == null ? null : MappingText.read(file.toString(), text, own);
        if (own.isEmpty()) {
            byFlow.put(flow.name(), new Read(file, text, mapping, ""));
        }
        problems.addAll(own);
    }

    /** As the file is now. */
    Mapping of(String flow) {
        return byFlow.computeIfPresent(flow, (name, read) -> again(read)).mapping();
    }

    /** Whether findings have the scope that their records name. A flow that is not enabled has no mapping. */
    boolean namesScope(String flow) {
        return byFlow.containsKey(flow) && !of(flow).fields().scope().isNothing();
    }

    private static Read again(Read read) {
        List<String> problems = new ArrayList<>();
        String text = MappingFile.text(read.file(), problems);
        if (text != null && (text.equals(read.text()) || text.equals(read.refused()))) {
            return read;
        }
        Mapping mapping = text == null ? null : MappingText.read(read.file().toString(), text, problems);
        if (problems.isEmpty()) {
            LOG.info("An edited mapping was taken over. file={}", read.file());
            return new Read(read.file(), text, mapping, "");
        }
        LOG.warn("An edited mapping is refused; the old one goes on. cause=\"{}\"", String.join("; ", problems));
        return new Read(read.file(), read.text(), read.mapping(), text == null ? "" : text);
    }
}
