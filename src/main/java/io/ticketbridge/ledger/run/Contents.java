package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Digests of contents. A check says the same of many resources, so those that were computed last are kept. One thread uses it. */
final class Contents {
    private static final int MOST = 1000;

    private final Map<Content, UUID> digests = new HashMap<>();

    /** All that {@link Finding#content} is a digest of. */
    private record Content(
            Result result,
            Severity severity,
            String title,
            String description,
            Map<String, String> attributes,
            List<Note> notes) {}

    UUID of(Finding finding) {
        Content content = new Content(
                finding.result(),
                finding.severity(),
                finding.title(),
                finding.description(),
                finding.attributes(),
                finding.notes());
        UUID known = digests.get(content);
        if (known != null) {
            return known;
        }
        if (digests.size() >= MOST) {
            digests.clear();
        }
        UUID digest = finding.content();
        digests.put(content, digest);
        return digest;
    }
}
