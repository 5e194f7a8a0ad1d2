package io.ticketbridge.engine;

import io.ticketbridge.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/** Puts route files in and out of the running context, together with the flows' instances of their templates. */
final class RunningRoutes {
    private static final long LOOK_EVERY_MILLIS = 20;

    private final CamelContext context;
    private final ModelCamelContext model;
    private final List<FlowRoutes.Instance> instances;

    RunningRoutes(CamelContext context, List<FlowRoutes.Instance> instances) {
        this.context = context;
        this.model = (ModelCamelContext) context;
        this.instances = instances;
    }

    void add(Map<RouteFile, Definitions> files) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(files.keySet().stream().map(RouteFile::resource).toArray(Resource[]::new));
        addInstances(files.values());
    }

    /** Of the templates that these files define, which are there already. */
    void addInstances(Collection<Definitions> files) {
        instances.stream()
                .filter(instance ->
                        files.stream().anyMatch(definitions -> definitions.ids().contains(instance.template())))
                .forEach(instance -> FlowRoutes.add(context, instance));
    }

    /** For each flow whose route template no file defines, what to do about it. */
    List<String> missing(Collection<Definitions> files) {
        Set<String> defined =
                files.stream().flatMap(each -> each.ids().stream()).collect(Collectors.toCollection(TreeSet::new));
        return instances.stream()
                .filter(instance -> !defined.contains(instance.template()))
                .map(instance -> "routes: flow " + instance.parameters().get("flow") + " needs a route template "
                        + instance.template() + ", and no route file defines it; the nearest is "
                        + Settings.nearest(instance.template(), defined))
                .toList();
    }

    void remove(Collection<Definitions> files) throws Exception {
        for (Definitions definitions : files) {
            for (String id : definitions.ids()) {
                for (String route : routeIds(id)) {
                    removeRoute(route);
                }
                model.removeRouteTemplates(id);
            }
            for (String id : definitions.configurations()) {
                RouteConfigurationDefinition configuration = model.getRouteConfigurationDefinition(id);
                if (configuration != null) {
                    model.removeRouteConfiguration(configuration);
                }
            }
        }
    }

    private void removeRoute(String id) throws Exception {
        if (context.getRoute(id) != null) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
        // One that could not start is no route yet.
        RouteDefinition left = model.getRouteDefinition(id);
        if (left != null) {
            model.removeRouteDefinition(left);
        }
    }

    /**
     * Lets nothing new in, and waits until what is under way in these routes has left them. Who calls them meanwhile waits: so one
     * after the other in reading order, or a route could not end for those that it calls.
     *
     * @return false if something stays longer; then they go on as before
     */
    boolean pause(Collection<Definitions> files, Duration longest) {
        List<Route> routes = routes(files);
        long end = System.nanoTime() + longest.toNanos();
        for (Route route : routes) {
            ServiceHelper.suspendService(route.getConsumer());
            while (isBusy(List.of(route))) {
                if (System.nanoTime() > end || !slept()) {
                    routes.forEach(each -> ServiceHelper.resumeService(each.getConsumer()));
                    return false;
                }
            }
        }
        return true;
    }

    boolean isBusy(Collection<Definitions> files) {
        return isBusy(routes(files));
    }

    private boolean isBusy(List<Route> routes) {
        return routes.stream().anyMatch(route -> context.getInflightRepository().size(route.getRouteId()) > 0);
    }

    private List<Route> routes(Collection<Definitions> files) {
        List<Route> routes = new ArrayList<>();
        files.forEach(definitions -> definitions.ids().stream()
                .flatMap(id -> routeIds(id).stream())
                .map(context::getRoute)
                .filter(route -> route != null)
                .forEach(routes::add));
        return routes;
    }

    /** The route of that id, and the instances of the template of that id. */
    private List<String> routeIds(String id) {
        List<String> ids = new ArrayList<>(List.of(id));
        instances.stream()
                .filter(instance -> instance.template().equals(id))
                .forEach(instance -> ids.add(instance.routeId()));
        return ids;
    }

    private static boolean slept() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
