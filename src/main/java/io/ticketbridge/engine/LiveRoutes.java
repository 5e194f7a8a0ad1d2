package io.ticketbridge.engine;

import io.ticketbridge.ledger.Causes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the running application. An edited file is tried apart first: one that does not parse is refused, with file,
 * line and reason, and the old one goes on; so it does when the new one parses and does not start (P34).
 */
final class LiveRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final long LOOK_EVERY_MILLIS = 1000;

    private final CamelContext context;
    private final RouteFiles files;
    private final List<FlowRoutes.Instance> instances;
    private final Map<String, RouteFile> inEffect = new LinkedHashMap<>();
    private final Map<String, RouteFile> refused = new LinkedHashMap<>();
    private ScheduledExecutorService watcher;

    LiveRoutes(CamelContext context, RouteFiles files, List<FlowRoutes.Instance> instances) {
        this.context = context;
        this.files = files;
        this.instances = instances;
    }

    /** Loads every file at once, route configurations first, and makes the flows' instances of the templates. */
    void load() {
        Map<String, RouteFile> found = files.read();
        List<String> problems = new ArrayList<>();
        found.values().forEach(file -> definitions(file, problems));
        if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
        try {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(found.values().stream().map(RouteFile::resource).toArray(Resource[]::new));
            instances.forEach(instance -> FlowRoutes.add(context, instance));
        } catch (Exception e) {
            throw new CannotStart("The routes can't be loaded: " + Causes.sentence(e));
        }
        inEffect.putAll(found);
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
        } catch (RuntimeException e) {
            LOG.warn("The route files can't be looked at; the routes go on as they are. cause=\"{}\"", e.getMessage());
        }
    }

    /** Takes over what was edited since the last look. */
    void look() {
        Map<String, RouteFile> found = files.read();
        found.forEach((name, file) -> {
            RouteFile before = inEffect.get(name);
            if (!file.equals(before) && !file.equals(refused.get(name))) {
                replace(before, file);
            }
        });
        for (String gone : inEffect.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .toList()) {
            RouteFile before = inEffect.remove(gone);
            remove(definitions(before, new ArrayList<>()));
            LOG.info("A route file is gone, and its routes with it. file={}", before.location());
        }
    }

    private void replace(RouteFile before, RouteFile file) {
        List<String> problems = new ArrayList<>();
        Set<String> ids = definitions(file, problems);
        if (problems.isEmpty()) {
            try {
                swap(before, file, ids);
                inEffect.put(file.name(), file);
                refused.remove(file.name());
                LOG.info("A route file was taken over. file={} routes={}", file.location(), ids);
                return;
            } catch (Exception e) {
                problems.add(file.location() + ": " + Causes.sentence(e));
                putBack(before, ids);
            }
        }
        refused.put(file.name(), file);
        LOG.error("An edited route file is refused; the old one goes on. cause=\"{}\"", String.join("; ", problems));
    }

    private void swap(RouteFile before, RouteFile file, Set<String> ids) throws Exception {
        Set<String> old = before == null ? ids : new TreeSet<>(definitions(before, new ArrayList<>()));
        remove(old);
        PluginHelper.getRoutesLoader(context).loadRoutes(file.resource());
        instances.stream()
                .filter(instance -> ids.contains(instance.template()))
                .forEach(instance -> FlowRoutes.add(context, instance));
    }

    private void putBack(RouteFile before, Set<String> ids) {
        try {
            remove(ids);
            if (before != null) {
                swap(before, before, definitions(before, new ArrayList<>()));
            }
        } catch (Exception e) {
            LOG.error(
                    "The old route file can't be put back: restart ticketbridge. file={} cause=\"{}\"",
                    before.location(),
                    Causes.sentence(e));
        }
    }

    private void remove(Set<String> ids) {
        for (String id : ids) {
            instances.stream()
                    .filter(instance -> instance.template().equals(id))
                    .forEach(instance -> removeRoute(instance.routeId()));
            removeRoute(id);
            try {
                ((ModelCamelContext) context).removeRouteTemplates(id);
            } catch (Exception e) {
                LOG.debug("No route template to remove. id={}", id, e);
            }
        }
    }

    private void removeRoute(String id) {
        try {
            if (context.getRoute(id) != null) {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            }
        } catch (Exception e) {
            throw new IllegalStateException("The route " + id + " can't be stopped: " + Causes.sentence(e), e);
        }
    }

    /** The ids of the routes and templates in a file, found by loading it into a context of its own that never starts. */
    private static Set<String> definitions(RouteFile file, List<String> problems) {
        Set<String> ids = new TreeSet<>();
        try (DefaultCamelContext apart = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(apart).loadRoutes(file.resource());
            ModelCamelContext model = apart;
            model.getRouteDefinitions().forEach(route -> ids.add(route.getRouteId()));
            model.getRouteTemplateDefinitions().forEach(template -> ids.add(template.getId()));
        } catch (Exception e) {
            problems.add(file.location() + ": " + RouteFault.sentence(e));
        }
        return ids;
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }
}
