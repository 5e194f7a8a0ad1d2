package io.ticketbridge.engine;

import io.ticketbridge.fault.Causes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the running application. An edited file is tried apart first: one that does not parse is refused, with file,
 * line and reason, and the old one goes on; so it does when the new one parses and does not start (P34). Files that are edited
 * together are taken over together, since they may need each other. A route is replaced when nothing is under way in it.
 */
final class LiveRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final long LOOK_EVERY_MILLIS = 500;

    /** Less than the 30 seconds that a caller waits for a route that is being replaced. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** What was said of a file; of the same one it is said once. */
    private record Said(RouteFile file, String text) {}

    private final RunningRoutes running;
    private final Supplier<Map<String, RouteFile>> files;
    private final FilesInEffect effect;
    private final Duration longestPause;
    private final Map<String, Said> said = new TreeMap<>();
    private Map<String, RouteFile> seen = Map.of();

    /** What was found and not taken over, or waits; tried again when it is other, or anything else was taken over. */
    private Map<String, RouteFile> left = new TreeMap<>();

    private String trouble = "";
    private ScheduledExecutorService watcher;

    /**
     * @param files reads them, as they are now
     * @param notice told of the files in effect whenever they are others
     * @param longestPause how long what is under way in a route is waited for at a time, and whoever calls it
     */
    LiveRoutes(
            CamelContext context,
            Supplier<Map<String, RouteFile>> files,
            List<FlowRoutes.Instance> instances,
            Consumer<Map<String, RouteFile>> notice,
            Duration longestPause) {
        this.running = new RunningRoutes(context, instances);
        this.files = files;
        this.effect = new FilesInEffect(running, notice, longestPause);
        this.longestPause = longestPause;
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
        effect.begin(parsed.found(), defined);
        seen = parsed.found();
    }

    /**
     * Puts files in place of those that run: all of them, or else each that fits alone.
     *
     * @return what keeps the others out
     */
    List<String> tryOut(Map<String, RouteFile> others) {
        List<String> together =
                others.isEmpty() ? List.of() : effect.take(others).problems();
        if (together.isEmpty()) {
            return together;
        }
        List<String> alone = new ArrayList<>();
        others.forEach((name, file) ->
                alone.addAll(effect.take(Collections.singletonMap(name, file)).problems()));
        return alone.isEmpty() ? together : alone;
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

    /**
     * Takes over what was edited, once two looks in a row saw the same: a file may be half written, or be one of several that
     * are being copied.
     */
    void look() {
        Map<String, RouteFile> found = files.get();
        boolean atRest = found.equals(seen);
        seen = found;
        if (!atRest) {
            return;
        }
        Map<String, RouteFile> changes = changes(found);
        said.keySet().retainAll(changes.keySet());
        if (!changes.equals(left)) {
            effect.forgetWaiting();
            left = takeWhatFits(changes);
        } else {
            takeWhatWaited();
        }
    }

    /** By name; null for a file that is gone. */
    private Map<String, RouteFile> changes(Map<String, RouteFile> found) {
        TreeSet<String> names = new TreeSet<>(found.keySet());
        names.addAll(effect.names());
        // What can't be seen just now is not gone.
        names.removeIf(name -> found.values().stream().anyMatch(folder -> folder.hides(name)));
        Map<String, RouteFile> changes = new TreeMap<>();
        for (String name : names) {
            RouteFile file = found.get(name);
            RouteFile before = effect.get(name);
            if (file == null || before == null || !file.text().equals(before.text())) {
                changes.put(name, file);
            }
        }
        return changes;
    }

    /**
     * All of them as one; else one by one, again as long as one more fits.
     *
     * @return those that did not fit, or wait
     */
    private Map<String, RouteFile> takeWhatFits(Map<String, RouteFile> changes) {
        Map<String, RouteFile> rest = new TreeMap<>(changes);
        Map<String, RouteFile> together = thatParse(changes);
        boolean waits = together.size() > 1 && take(together, rest).busy();
        Map<String, FilesInEffect.Outcome> outcomes = new TreeMap<>();
        int before;
        do {
            before = rest.size();
            for (String name : List.copyOf(rest.keySet())) {
                if (!outcomes.containsKey(name) || !outcomes.get(name).busy()) {
                    outcomes.put(name, take(Collections.singletonMap(name, rest.get(name)), rest));
                }
            }
        } while (rest.size() < before && !rest.isEmpty());
        rest.forEach((name, file) -> {
            if (outcomes.get(name).busy() || waits && together.containsKey(name)) {
                sayThatItWaits(name, file);
            } else {
                sayThatItIsRefused(name, file, outcomes.get(name).problems());
            }
        });
        return rest;
    }

    /** What does not parse keeps no other from being taken over together with its like. */
    private static Map<String, RouteFile> thatParse(Map<String, RouteFile> changes) {
        List<RouteFile> there =
                changes.values().stream().filter(file -> file != null).toList();
        Map<RouteFile, Definitions> parsed = there.isEmpty() ? Map.of() : Definitions.of(there, new ArrayList<>());
        Map<String, RouteFile> rest = new TreeMap<>(changes);
        rest.values().removeIf(file -> file != null && !parsed.containsKey(file));
        return rest;
    }

    private FilesInEffect.Outcome take(Map<String, RouteFile> change, Map<String, RouteFile> rest) {
        FilesInEffect.Outcome outcome = effect.take(change);
        if (outcome.isTaken()) {
            rest.keySet().removeAll(change.keySet());
            change.forEach((name, file) -> LOG.info(
                    "A route file was taken over. file={} now={}",
                    name,
                    file == null ? "gone, and its routes with it" : file.location()));
        }
        return outcome;
    }

    /** All that is left is looked at anew next time: it may fit now. */
    private void takeWhatWaited() {
        for (Map<String, RouteFile> change : effect.ready()) {
            if (!take(change, new TreeMap<>(change)).busy()) {
                left = Map.of();
                return;
            }
        }
    }

    private void sayThatItWaits(String name, RouteFile file) {
        if (isNews(name, file, "waits")) {
            LOG.info("A route file is taken over as soon as nothing is under way in its routes. file={}", name);
        }
    }

    private void sayThatItIsRefused(String name, RouteFile file, List<String> problems) {
        String cause = String.join("; ", problems);
        if (isNews(name, file, cause)) {
            LOG.error("An edited route file is refused; the old one goes on. cause=\"{}\"", cause);
        }
    }

    private boolean isNews(String name, RouteFile file, String text) {
        Said now = new Said(file, text);
        return !now.equals(said.put(name, now));
    }

    /** Ends the look that is under way, too: the context is about to stop. */
    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
            try {
                watcher.awaitTermination(longestPause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
