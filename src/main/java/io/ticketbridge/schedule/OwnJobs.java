package io.ticketbridge.schedule;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.StatefulService;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.JobKey;

/** What this process can do when its time comes: the jobs of the routes that run here now. */
final class OwnJobs {
    private OwnJobs() {}

    /** By their names, as {@link #name} makes them. */
    static Set<String> of(CamelContext context) {
        return context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof QuartzEndpoint && isRunning(route))
                .map(route -> (QuartzEndpoint) route.getEndpoint())
                .map(endpoint ->
                        name(endpoint.getGroupName(), endpoint.getTriggerKey().getName()))
                .collect(Collectors.toSet());
    }

    static String name(JobKey job) {
        return name(job.getGroup(), job.getName());
    }

    private static String name(String group, String name) {
        return group + "/" + name;
    }

    /** Not while the route is being replaced, and not any more when the process ends. */
    private static boolean isRunning(Route route) {
        return route.getConsumer() instanceof StatefulService service && service.isStarted();
    }
}
