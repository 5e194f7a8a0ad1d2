package io.ticketbridge.config;

/**
 * A value as it was written.
 *
 * @param origin the variable or file that it comes from, or empty for {@code application.properties}
 */
record Written(String value, String origin) {}
