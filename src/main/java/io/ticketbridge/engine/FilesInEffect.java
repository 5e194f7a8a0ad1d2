package io.ticketbridge.engine;

import io.ticketbridge.fault.Causes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route files whose routes run. A change of several of them is taken over as one, or not at all. */
final class FilesInEffect {
    private static final Logger LOG = LoggerFactory.getLogger(FilesInEffect.class);

    /**
     * @param problems why it is refused, a sentence each
     * @param busy whether it waits until nothing is under way in the routes that it replaces
     */
    record Outcome(List<String> problems, boolean busy) {
        private static final Outcome TAKEN = new Outcome(List.of(), false);
        private static final Outcome BUSY = new Outcome(List.of(), true);

        static Outcome refused(List<String> problems) {
            return new Outcome(problems, false);
        }

        boolean isTaken() {
            return problems.isEmpty() && !busy;
        }
    }

    private final RunningRoutes running;
    private final Duration longestPause;
    private final Consumer<Map<String, RouteFile>> notice;
    private final Map<String, RouteFile> files = new TreeMap<>();
    private final Map<RouteFile, Definitions> definitions = new HashMap<>();

    /** Changes that wait, each with the routes that something is under way in. */
    private final Map<Map<String, RouteFile>, Collection<Definitions>> waiting = new HashMap<>();

    /** @param notice told of the files whenever they are others */
    FilesInEffect(RunningRoutes running, Consumer<Map<String, RouteFile>> notice, Duration longestPause) {
        this.running = running;
        this.longestPause = longestPause;
        this.notice = notice;
    }

    /** They run already. */
    void begin(Map<String, RouteFile> loaded, Map<RouteFile, Definitions> defined) {
        become(loaded, defined);
    }

    RouteFile get(String name) {
        return files.get(name);
    }

    Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    /** Changes that waited and need not any longer, by what is under way. No file is parsed for that: a scan may take hours. */
    List<Map<String, RouteFile>> ready() {
        return waiting.keySet().stream()
                .filter(change -> !running.isBusy(waiting.get(change)))
                .toList();
    }

    /** Forgets changes that are not what is wanted now. */
    void forgetWaiting() {
        waiting.clear();
    }

    /** @param change by name; null for a file that is gone */
    Outcome take(Map<String, RouteFile> change) {
        waiting.remove(change);
        Map<String, RouteFile> after = after(change);
        List<String> problems = new ArrayList<>();
        Map<RouteFile, Definitions> defined = Definitions.of(after.values(), problems);
        if (problems.isEmpty()) {
            problems.addAll(whatAStartRefuses(after.values(), defined.values()));
        }
        if (!problems.isEmpty()) {
            return Outcome.refused(problems);
        }
        List<RouteFile> old = change.keySet().stream()
                .map(files::get)
                .filter(file -> file != null)
                .toList();
        List<RouteFile> changed =
                change.values().stream().filter(file -> file != null).toList();
        boolean all = holdConfigurations(old, definitions) || holdConfigurations(changed, defined);
        Map<RouteFile, Definitions> out = only(all ? files.values() : old, definitions);
        Map<RouteFile, Definitions> in = only(all ? after.values() : changed, defined);
        if (!running.pause(out.values(), longestPause)) {
            waiting.put(change, out.values());
            return Outcome.BUSY;
        }
        try {
            replace(out, in);
        } catch (Exception e) {
            return Outcome.refused(List.of(locations(change) + ": " + RouteFault.sentence(e)));
        }
        become(after, defined);
        waitsNoLonger(change.keySet());
        return Outcome.TAKEN;
    }

    private void waitsNoLonger(Set<String> names) {
        Map<Map<String, RouteFile>, Collection<Definitions>> rest = new HashMap<>();
        waiting.forEach((change, out) -> {
            Map<String, RouteFile> left = new TreeMap<>(change);
            left.keySet().removeAll(names);
            if (!left.isEmpty()) {
                rest.put(left, out);
            }
        });
        waiting.clear();
        waiting.putAll(rest);
    }

    private Map<String, RouteFile> after(Map<String, RouteFile> change) {
        Map<String, RouteFile> after = new TreeMap<>(files);
        change.forEach((name, file) -> {
            if (file == null) {
                after.remove(name);
            } else {
                after.put(name, file);
            }
        });
        return after;
    }

    /**
     * A start compares the ids of all steps, and asks for the templates of all flows; Camel does neither of a file that comes later.
     * What was wrong before is not this change's fault.
     */
    private List<String> whatAStartRefuses(Collection<RouteFile> after, Collection<Definitions> defined) {
        List<String> problems = new ArrayList<>(running.missing(defined));
        Set<String> before = RouteRules.idsThatAreTaken(files.values()).keySet();
        Map<String, List<String>> taken = RouteRules.idsThatAreTaken(after);
        taken.keySet().removeAll(before);
        taken.values().forEach(problems::addAll);
        return problems;
    }

    private void replace(Map<RouteFile, Definitions> out, Map<RouteFile, Definitions> in) throws Exception {
        running.remove(out.values());
        try {
            running.add(in);
        } catch (Exception e) {
            try {
                running.remove(in.values());
                running.add(out);
            } catch (Exception again) {
                LOG.error(
                        "The old routes can't be put back: restart ticketbridge. cause=\"{}\"", Causes.sentence(again));
            }
            throw e;
        }
    }

    private void become(Map<String, RouteFile> after, Map<RouteFile, Definitions> defined) {
        files.clear();
        files.putAll(after);
        definitions.clear();
        definitions.putAll(defined);
        notice.accept(Collections.unmodifiableMap(files));
    }

    private String locations(Map<String, RouteFile> change) {
        return change.keySet().stream()
                .map(name -> (change.get(name) == null ? files.get(name) : change.get(name)).location())
                .collect(Collectors.joining(", "));
    }

    private static boolean holdConfigurations(Collection<RouteFile> of, Map<RouteFile, Definitions> all) {
        return of.stream().anyMatch(file -> !all.get(file).configurations().isEmpty());
    }

    private static Map<RouteFile, Definitions> only(Collection<RouteFile> of, Map<RouteFile, Definitions> all) {
        return of.stream().collect(Collectors.toMap(file -> file, all::get, (one, other) -> one, TreeMap::new));
    }
}
