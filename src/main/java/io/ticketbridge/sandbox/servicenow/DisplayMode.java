package io.ticketbridge.sandbox.servicenow;

/** {@code sysparm_display_value}. */
enum DisplayMode {
    VALUE,
    DISPLAY,
    BOTH;

    static DisplayMode of(String parameter) {
        return switch (parameter) {
            case "true" -> DISPLAY;
            case "all" -> BOTH;
            default -> VALUE;
        };
    }
}
