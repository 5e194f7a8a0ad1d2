package io.ticketbridge.config;

import java.util.Map;
import java.util.Optional;

/**
 * Controls that are the same, over the sources of a flow.
 *
 * @param joined what a check or control is called ({@code S3.8}, {@code CIS-1.4 2.1.5}) to what it is joined into
 */
public record ControlMap(Map<String, Joined> joined) {
    /** Joins nothing. */
    public static final ControlMap NONE = new ControlMap(Map.of());

    /** What several controls are joined into. */
    public record Joined(String id, String title) {}

    public ControlMap {
        joined = Map.copyOf(joined);
    }

    public boolean isEmpty() {
        return joined.isEmpty();
    }

    /** @param name a check's id, or a control's: that of a framework with the framework before it */
    public Optional<Joined> of(String name) {
        return Optional.ofNullable(joined.get(name));
    }
}
