package io.ticketbridge.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.support.PluginHelper;

/**
 * What a route file defines, found by loading it into a context of its own that never starts.
 *
 * @param ids of its routes and templates
 * @param configurations ids of its route configurations
 * @param configurationsUsed ids of the route configurations that its routes ask for
 */
record Definitions(Set<String> ids, Set<String> configurations, Set<String> configurationsUsed) {

    /**
     * @param apart holds nothing, before and after: a context of its own for each file would be most of the time that a start takes
     * @throws Exception if the file does not parse
     */
    private static Definitions of(RouteFile file, DefaultCamelContext apart) throws Exception {
        try {
            PluginHelper.getRoutesLoader(apart).loadRoutes(file.resource());
            return of(
                    apart.getRouteDefinitions(),
                    apart.getRouteTemplateDefinitions(),
                    apart.getRouteConfigurationDefinitions());
        } finally {
            apart.removeRouteDefinitions(List.copyOf(apart.getRouteDefinitions()));
            apart.removeRouteTemplateDefinitions(List.copyOf(apart.getRouteTemplateDefinitions()));
            for (RouteConfigurationDefinition each : List.copyOf(apart.getRouteConfigurationDefinitions())) {
                apart.removeRouteConfiguration(each);
            }
        }
    }

    /** @param file parsed for the context, with its configurations and its routes; one without an id gets it now */
    static Definitions of(RouteConfigurationBuilder file, CamelContext context) {
        NodeIdFactory ids = context.getCamelContextExtension().getContextPlugin(NodeIdFactory.class);
        file.getRouteCollection().getRoutes().forEach(route -> route.idOrCreate(ids));
        return of(
                file.getRouteCollection().getRoutes(),
                file.getRouteTemplateCollection().getRouteTemplates(),
                file.getRouteConfigurationCollection().getRouteConfigurations());
    }

    private static Definitions of(
            List<RouteDefinition> routes,
            List<RouteTemplateDefinition> templates,
            List<RouteConfigurationDefinition> routeConfigurations) {
        Set<String> ids = new TreeSet<>();
        Set<String> configurations = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        routes.forEach(route -> ids.add(route.getRouteId()));
        templates.forEach(template -> ids.add(template.getId()));
        routeConfigurations.forEach(each -> configurations.add(each.getId()));
        Stream.concat(routes.stream(), templates.stream().map(RouteTemplateDefinition::getRoute))
                .map(RouteDefinition::getRouteConfigurationId)
                .filter(Objects::nonNull)
                .forEach(used::add);
        return new Definitions(ids, configurations, used);
    }

    /** Whether files can be loaded together; if not, the sentences of {@link #of(Collection, List)} say why. */
    static boolean fit(Collection<Definitions> files) {
        Set<String> ids = new TreeSet<>();
        Set<String> configurations = new TreeSet<>();
        files.forEach(file -> configurations.addAll(file.configurations()));
        return files.stream()
                .allMatch(file -> file.ids().stream().allMatch(ids::add)
                        && configurations.containsAll(file.configurationsUsed()));
    }

    /**
     * What keeps files from being loaded together, a sentence each: they do not parse, two define the same id, or a route
     * asks for a route configuration that is nowhere (Camel would ignore that silently, and the route would handle no errors).
     */
    static Map<RouteFile, Definitions> of(Collection<RouteFile> files, List<String> problems) {
        Map<RouteFile, Definitions> all = new TreeMap<>();
        Map<String, RouteFile> owners = new TreeMap<>();
        Set<String> configurations = new TreeSet<>();
        DefaultCamelContext apart = new DefaultCamelContext();
        for (RouteFile file : files) {
            try {
                Definitions definitions = of(file, apart);
                all.put(file, definitions);
                configurations.addAll(definitions.configurations());
                for (String id : definitions.ids()) {
                    RouteFile owner = owners.putIfAbsent(id, file);
                    if (owner != null) {
                        problems.add(file.location() + ": the id " + id + " is taken by " + owner.location()
                                + "; choose another");
                    }
                }
            } catch (Exception e) {
                problems.add(file.location() + ": " + RouteFault.sentence(e));
            }
        }
        apart.stop();
        if (all.size() == files.size()) {
            all.forEach((file, definitions) -> definitions.configurationsUsed().stream()
                    .filter(used -> !configurations.contains(used))
                    .forEach(used -> problems.add(file.location() + ": there is no routeConfiguration " + used
                            + "; choose one of " + configurations)));
        }
        return all;
    }
}
