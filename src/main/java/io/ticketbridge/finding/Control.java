package io.ticketbridge.finding;

import java.util.Objects;

/**
 * A control, or a requirement of a framework, that a check serves.
 *
 * @param framework the framework or standard that numbers it ({@code CIS-1.4}), or empty for the source's own control
 * @param id its id ({@code 1.20}, {@code S3.1})
 * @param title its title, or empty
 */
public record Control(String framework, String id, String title) {
    public Control {
        Objects.requireNonNull(id, "id");
        framework = framework == null ? "" : framework;
        title = title == null ? "" : title;
    }
}
