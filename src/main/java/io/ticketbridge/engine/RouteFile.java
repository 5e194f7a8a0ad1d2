package io.ticketbridge.engine;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file as it was read, so that it can be put back when a newer one turns out not to work.
 *
 * @param name the path below {@code routes/}
 * @param location where it came from, for errors
 */
record RouteFile(String name, String location, String text) implements Comparable<RouteFile> {
    /** In reading order. */
    @Override
    public int compareTo(RouteFile other) {
        return Comparator.comparing(RouteFile::name)
                .thenComparing(RouteFile::location)
                .thenComparing(RouteFile::text)
                .compare(this, other);
    }

    Resource resource() {
        return ResourceHelper.fromBytes(location, text.getBytes(StandardCharsets.UTF_8));
    }
}
