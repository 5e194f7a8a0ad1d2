package io.ticketbridge.engine;

import io.ticketbridge.fault.Causes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the running application. An edited file is tried apart first: one that does not parse is refused, with file,
 * line and reason, and the old one goes on; so it does when the new one parses and does not start (P34). A route is replaced
 * when nothing is under way in it.
 */
final class LiveRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final long LOOK_EVERY_MILLIS = 500;

    /** Less than the 30 seconds that a caller waits for a route that is being replaced. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** @param out whose routes something is under way in */
    private record Postponed(RouteFile file, Collection<Definitions> out) {}

    private final RunningRoutes running;
    private final RouteFiles files;
    private final Shortcut shortcut;
    private final Map<String, RouteFile> inEffect = new TreeMap<>();
    private final Map<RouteFile, Definitions> definitions = new HashMap<>();
    private final Map<String, RouteFile> refused = new TreeMap<>();
    private final Map<String, Postponed> postponed = new TreeMap<>();
    private Map<String, RouteFile> seen = Map.of();
    private String trouble = "";
    private ScheduledExecutorService watcher;

    LiveRoutes(CamelContext context, RouteFiles files, List<FlowRoutes.Instance> instances, Shortcut shortcut) {
        this.shortcut = shortcut;
        this.running = new RunningRoutes(context, instances);
        this.files = files;
    }

    /** Loads every file at once, route configurations first, and makes the flows' instances of the templates. */
    void load(CamelContext context, ParsedRoutes parsed) {
        Map<RouteFile, Definitions> defined = parsed.define(context);
        List<String> missing = running.missing(defined.values());
        if (!missing.isEmpty()) {
            throw new CannotStart(missing);
        }
        try {
            parsed.addTo(context);
            running.addInstances(defined.values());
        } catch (Exception e) {
            throw new CannotStart("The routes can't be loaded: " + Causes.sentence(e));
        }
        inEffect.putAll(parsed.found());
        definitions.putAll(defined);
        seen = parsed.found();
        shortcut.look(inEffect, files.shipped());
    }

    void watch() {
        watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "route-files");
            thread.setDaemon(true);
            return thread;
        });
        watcher.scheduleWithFixedDelay(this::lookSafely, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
            trouble = "";
        } catch (RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(trouble)) {
                trouble = String.valueOf(e.getMessage());
                LOG.warn("The route files can't be looked at; the routes go on as they are. cause=\"{}\"", trouble);
            }
        }
    }

    /** Takes over what was edited, once two looks in a row saw the same: a file may be half written, or just being renamed. */
    private void look() {
        Map<String, RouteFile> found = files.read();
        TreeSet<String> names = new TreeSet<>(found.keySet());
        names.addAll(inEffect.keySet());
        // What can't be seen just now is not gone.
        names.removeIf(name -> found.values().stream().anyMatch(folder -> folder.hides(name)));
        for (String name : names) {
            RouteFile file = found.get(name);
            if (Objects.equals(file, seen.get(name)) && isNews(name, file) && !isStillBusy(name, file)) {
                take(name, inEffect.get(name), file);
            }
        }
        seen = found;
    }

    private boolean isNews(String name, RouteFile file) {
        RouteFile before = inEffect.get(name);
        if (file != null && before != null && file.text().equals(before.text())) {
            refused.remove(name);
            return false;
        }
        return !refused.containsKey(name) || !Objects.equals(file, refused.get(name));
    }

    /** Asked before all files are parsed: a scan that it waits for may take hours. */
    private boolean isStillBusy(String name, RouteFile file) {
        Postponed before = postponed.get(name);
        return before != null && Objects.equals(before.file(), file) && running.isBusy(before.out());
    }

    /** @param before null if the file is new; {@code file} is null if it is gone */
    private void take(String name, RouteFile before, RouteFile file) {
        Map<String, RouteFile> after = new TreeMap<>(inEffect);
        after.remove(name);
        if (file != null) {
            after.put(name, file);
        }
        List<String> problems = new ArrayList<>();
        Map<RouteFile, Definitions> defined = Definitions.of(after.values(), problems);
        if (!problems.isEmpty()) {
            refuse(name, file, problems);
            return;
        }
        boolean all = holdsConfigurations(definitions.get(before)) || holdsConfigurations(defined.get(file));
        Map<RouteFile, Definitions> out = only(all ? inEffect.values() : listOf(before), definitions);
        Map<RouteFile, Definitions> in = only(all ? after.values() : listOf(file), defined);
        if (isPostponed(name, file, out)) {
            return;
        }
        try {
            replace(out, in);
        } catch (Exception e) {
            refuse(name, file, List.of((file == null ? before : file).location() + ": " + RouteFault.sentence(e)));
            return;
        }
        inEffect.clear();
        inEffect.putAll(after);
        definitions.clear();
        definitions.putAll(defined);
        shortcut.look(inEffect, files.shipped());
        refused.remove(name);
        LOG.info(
                "A route file was taken over. file={} now={}",
                name,
                file == null ? "gone, and its routes with it" : file.location());
    }

    private boolean isPostponed(String name, RouteFile file, Map<RouteFile, Definitions> out) {
        if (running.pause(out.values(), LONGEST_PAUSE)) {
            postponed.remove(name);
            return false;
        }
        Postponed before = postponed.put(name, new Postponed(file, out.values()));
        if (before == null || !Objects.equals(before.file(), file)) {
            LOG.info("A route file is taken over as soon as nothing is under way in its routes. file={}", name);
        }
        return true;
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

    private void refuse(String name, RouteFile file, List<String> problems) {
        refused.put(name, file);
        LOG.error("An edited route file is refused; the old one goes on. cause=\"{}\"", String.join("; ", problems));
    }

    private static boolean holdsConfigurations(Definitions file) {
        return file != null && !file.configurations().isEmpty();
    }

    private static List<RouteFile> listOf(RouteFile file) {
        return file == null ? List.of() : List.of(file);
    }

    private static Map<RouteFile, Definitions> only(Collection<RouteFile> files, Map<RouteFile, Definitions> all) {
        return files.stream().collect(Collectors.toMap(file -> file, all::get, (one, other) -> one, TreeMap::new));
    }

    /** Ends the look that is under way, too: the context is about to stop. */
    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
            try {
                watcher.awaitTermination(LONGEST_PAUSE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
