package io.ticketbridge.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A control, or a requirement of a framework, that a check serves.
 *
 * @param framework the framework or standard that numbers it ({@code CIS-1.4}), or empty for the source's own control
 * @param id its id ({@code 1.20}, {@code S3.1})
 * @param title its title, or empty
 */
public record Control(String framework, String id, String title) {
    /** The source's own before the requirements of frameworks, whatever order a source has. */
    public static final Comparator<Control> ORDER =
            Comparator.comparing(Control::framework).thenComparing(Control::id).thenComparing(Control::title);

    /** Whether two lists begin with one and the same control of their source. */
    public static boolean isSameOwn(List<Control> one, List<Control> other) {
        return !one.isEmpty()
                && !other.isEmpty()
                && one.get(0).framework().isEmpty()
                && other.get(0).framework().isEmpty()
                && one.get(0).id().equals(other.get(0).id());
    }

    public Control {
        Objects.requireNonNull(id, "id");
        framework = framework == null ? "" : framework;
        title = title == null ? "" : title;
    }
}
