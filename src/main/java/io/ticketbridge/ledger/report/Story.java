package io.ticketbridge.ledger.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All that is known of one group or one finding, and what happened to it, in order (P31).
 *
 * @param findingId null for a whole group
 * @param title what its ticket is about
 * @param facts what is so now, by name, for people
 */
public record Story(
        UUID groupId, UUID findingId, String flow, String title, Map<String, String> facts, List<Event> events) {

    /**
     * @param what one word: {@code read}, {@code absent}, {@code decided}, {@code held}, {@code opened}, {@code updated},
     *     {@code intended}, {@code refused}, {@code seen}, {@code told}, {@code dead} ...
     * @param text one sentence, the reason of a write included
     * @param request what was sent, or null
     * @param answer what came back, or null
     */
    public record Event(Instant at, String what, String text, String request, String answer) {
        static Event of(Instant at, String what, String text) {
            return new Event(at, what, text, null, null);
        }

        public Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("at", at.toString());
            map.put("what", what);
            map.put("text", text);
            if (request != null) {
                map.put("request", request);
            }
            if (answer != null) {
                map.put("answer", answer);
            }
            return map;
        }
    }

    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("group", groupId.toString());
        if (findingId != null) {
            map.put("finding", findingId.toString());
        }
        map.put("flow", flow);
        map.put("title", title);
        map.put("facts", facts);
        map.put("events", events.stream().map(Event::asMap).toList());
        return map;
    }
}
