package io.ticketbridge.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;

/**
 * The route files of a start, each parsed once, for the context that is to run them. To try them apart first, and to load them as
 * Camel does, would parse each four times: a tenth of a start. Whatever is wrong with them is found by trying them apart after all.
 */
final class ParsedRoutes {
    private final RoutesBuilderLoader loader;
    private final Map<String, RouteFile> found;
    private final Map<RouteFile, RouteConfigurationBuilder> builders = new TreeMap<>();
    private Exception failure;

    private ParsedRoutes(RoutesBuilderLoader loader, Map<String, RouteFile> found) {
        this.loader = loader;
        this.found = found;
    }

    /** Begins on a thread of its own, where nothing but texts is looked at. */
    static Aside<ParsedRoutes> begin(CamelContext context, Supplier<Map<String, RouteFile>> files) throws Exception {
        RoutesBuilderLoader loader = PluginHelper.getRoutesLoader(context).getRoutesLoader("yaml");
        return Aside.begin("parse-routes", () -> new ParsedRoutes(loader, files.get()).parse());
    }

    private ParsedRoutes parse() {
        try {
            for (RouteFile file : found.values()) {
                builders.put(file, (RouteConfigurationBuilder) loader.loadRoutesBuilder(file.resource()));
            }
        } catch (Exception e) {
            failure = e;
        }
        return this;
    }

    Map<String, RouteFile> found() {
        return found;
    }

    /**
     * What they define. Their route configurations are in the context then, as with Camel's own way: before any route.
     *
     * @throws CannotStart naming everything that keeps them from being loaded
     */
    Map<RouteFile, Definitions> define(CamelContext context) {
        Map<RouteFile, Definitions> defined = new TreeMap<>();
        try {
            if (failure != null) {
                throw failure;
            }
            for (Map.Entry<RouteFile, RouteConfigurationBuilder> each : builders.entrySet()) {
                preParse(each.getKey());
                context.addRoutesConfigurations(each.getValue());
            }
            for (Map.Entry<RouteFile, RouteConfigurationBuilder> each : builders.entrySet()) {
                each.getValue().configureRoutes(context);
                defined.put(each.getKey(), Definitions.of(each.getValue(), context));
            }
        } catch (Exception e) {
            throw refused("The routes can't be loaded: " + RouteFault.sentence(e));
        }
        if (!Definitions.fit(defined.values())) {
            throw refused("The routes can't be loaded together");
        }
        return defined;
    }

    /** Camel reads a file for its beans alone first. Few have any. */
    private void preParse(RouteFile file) throws Exception {
        if (file.text().contains("beans:")) {
            loader.preParseRoute(file.resource());
        }
    }

    private CannotStart refused(String otherwise) {
        List<String> problems = new ArrayList<>();
        Definitions.of(found.values(), problems);
        return problems.isEmpty() ? new CannotStart(otherwise) : new CannotStart(problems);
    }

    /** Puts the routes into the context, after their configurations. */
    void addTo(CamelContext context) throws Exception {
        for (RouteConfigurationBuilder builder : builders.values()) {
            context.addRoutes(builder);
        }
        for (RouteConfigurationBuilder builder : builders.values()) {
            context.addTemplatedRoutes(builder);
        }
    }
}
