package io.ticketbridge.engine;

import io.ticketbridge.fault.Causes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file as it was read, so that it can be put back when a newer one turns out not to work.
 *
 * @param name the path below {@code routes/}
 * @param location where it came from, for errors
 * @param fault why it can't be read, with the cure; empty if it can
 */
record RouteFile(String name, String location, String text, String fault) implements Comparable<RouteFile> {
    RouteFile(String name, String location, String text) {
        this(name, location, text, "");
    }

    /** Whatever it holds, nothing is known of it. */
    static RouteFile unreadable(String name, String location, IOException why) {
        String fault = why instanceof CharacterCodingException
                ? "must be UTF-8; save it as that"
                : "can't be read: " + Causes.sentence(why);
        return new RouteFile(name, location, "", fault);
    }

    /** In reading order. */
    @Override
    public int compareTo(RouteFile other) {
        return Comparator.comparing(RouteFile::name)
                .thenComparing(RouteFile::location)
                .thenComparing(RouteFile::text)
                .thenComparing(RouteFile::fault)
                .compare(this, other);
    }

    /** Whether it is a folder whose files nothing is known of, and this is one of them. */
    boolean hides(String file) {
        return !fault.isEmpty() && !file.equals(name) && file.startsWith(name.isEmpty() ? "" : name + "/");
    }

    /** @throws IllegalStateException saying why it can't be read */
    Resource resource() {
        if (!fault.isEmpty()) {
            throw new IllegalStateException(fault);
        }
        return ResourceHelper.fromBytes(location, text.getBytes(StandardCharsets.UTF_8));
    }
}
