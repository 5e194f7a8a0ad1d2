package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches a list while it is read: what leaves it, as it may where it is filtered, pulls what follows forward, and the first of the next
 * page is on no page. So a list that has become shorter is read once more, for what was not seen yet. One thread reads it.
 */
final class Shrinking {
    /** What one reading missed, the next would have to miss too. */
    private static final int MOST_READINGS = 4;

    private final Set<String> seen = new HashSet<>();
    private long total = -1;
    private boolean shrank;
    private int readings = 1;

    /** @return the items of the page that were on none before */
    List<JsonNode> unseen(JsonNode page, List<JsonNode> items) {
        long now = page.path("totalCount").asLong(-1);
        shrank |= now >= 0 && now < total;
        total = now;
        return items.stream()
                .filter(item -> !item.path("id").isValueNode()
                        || seen.add(item.path("id").asText()))
                .toList();
    }

    /** Whether the list that has ended is to be read once more. */
    boolean isToBeReadAgain() {
        boolean again = shrank && readings < MOST_READINGS;
        readings++;
        shrank = false;
        total = -1;
        return again;
    }
}
