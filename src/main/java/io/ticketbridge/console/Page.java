package io.ticketbridge.console;

import java.util.Map;

/**
 * What a template is filled with.
 *
 * @param template its name
 * @param section the part of the navigation that it belongs to
 * @param title of the page
 */
record Page(String template, String section, String title, Map<String, Object> model) {}
