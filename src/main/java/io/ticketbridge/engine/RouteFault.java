package io.ticketbridge.engine;

import io.ticketbridge.fault.Causes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where and why a route file does not parse, in one line. */
final class RouteFault {
    private static final Pattern LINE = Pattern.compile("line (\\d+)(?:, column (\\d+))?");

    private RouteFault() {}

    static String sentence(Throwable error) {
        Throwable cause = error;
        String place = "";
        String message = null;
        while (cause != null) {
            if (cause.getMessage() != null) {
                Matcher matcher = LINE.matcher(cause.getMessage());
                if (place.isEmpty() && matcher.find()) {
                    place = matcher.group() + ": ";
                }
                message = cause.getMessage();
            }
            cause = cause.getCause() == cause ? null : cause.getCause();
        }
        String first = message == null
                ? Causes.sentence(error)
                : message.lines().findFirst().orElse(message);
        return (first.contains(place) ? "" : place) + first;
    }
}
