package io.ticketbridge.config;

import java.util.regex.Pattern;

/** Text that is fit to be shown: without what a URL may carry as a password, on one line, not too long. */
final class Masked {
    private static final Pattern USER_INFO = Pattern.compile("//.*@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token|api-?key)\\s*=)[^;&]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST = 80;

    private Masked() {}

    static String url(String url) {
        // First what may hold an @ itself.
        String masked = PARAMETER.matcher(url).replaceAll("$1***");
        return USER_INFO.matcher(masked).replaceAll("//***@");
    }

    static String value(String value) {
        String line = CONTROL.matcher(url(value)).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
