package io.ticketbridge.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A value as it was written.
 *
 * @param origin the variable or file that it comes from, or empty for {@code application.properties}
 * @param file the file that holds nothing else
 */
record Written(String value, String origin, Optional<Path> file) {
    Written(String value, String origin) {
        this(value, origin, Optional.empty());
    }
}
