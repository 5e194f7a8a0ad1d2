package io.ticketbridge.engine;

import java.nio.charset.StandardCharsets;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file as it was read, so that it can be put back when a newer one turns out not to work.
 *
 * @param name the path below {@code routes/}
 * @param location where it came from, for errors
 */
record RouteFile(String name, String location, String text) {
    Resource resource() {
        return ResourceHelper.fromBytes(location, text.getBytes(StandardCharsets.UTF_8));
    }
}
