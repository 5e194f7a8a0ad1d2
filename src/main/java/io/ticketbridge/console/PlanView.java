package io.ticketbridge.console;

import io.ticketbridge.ticket.Planned;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A plan as the page shows it (P29).
 *
 * @param counts how many there are of each kind
 * @param requests one sentence: how many, and how long they take
 */
public record PlanView(
        Instant at, List<Planned> planned, Map<String, Long> counts, List<String> failures, String requests) {}
