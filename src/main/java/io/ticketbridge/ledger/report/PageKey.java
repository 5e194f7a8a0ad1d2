package io.ticketbridge.ledger.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where a page of rows ends, as text that a link can carry: the next page begins behind it, whatever is added meanwhile. */
final class PageKey {
    private PageKey() {}

    static String of(Object... parts) {
        String text =
                String.join("\n", Arrays.stream(parts).map(String::valueOf).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its parts; empty if it is none of ours. */
    static Optional<List<String>> read(String key, int parts) {
        try {
            List<String> found =
                    List.of(new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8).split("\n", -1));
            return found.size() == parts ? Optional.of(found) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
