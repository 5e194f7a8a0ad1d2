package io.ticketbridge.source.scc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.Paged;
import io.ticketbridge.source.UnexpectedAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The pages of a report's evaluations. Whoever reads them may be another thread than who works on them. */
final class SccPages implements Paged {
    /** The most that the API gives at once. */
    private static final int PAGE = 100;

    private final String report;
    private final Set<String> visited = new HashSet<>();
    private String start = "";
    private boolean more = true;
    private long read;
    private long total;

    SccPages(String report) {
        this.report = report;
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public SccCall nextCall() {
        String query =
                "limit=" + PAGE + (start.isEmpty() ? "" : "&start=" + URLEncoder.encode(start, StandardCharsets.UTF_8));
        return new SccCall("/reports/" + report + "/evaluations", query);
    }

    /** The last has no next token (section 1.4). */
    @Override
    public List<JsonNode> accept(Object answer) {
        JsonNode page = answer instanceof JsonNode node ? node : null;
        JsonNode evaluations = page == null ? null : page.get("evaluations");
        if (evaluations == null || !evaluations.isArray()) {
            throw new UnexpectedAnswer("The evaluations of report " + report + " are no list");
        }
        List<JsonNode> list = new ArrayList<>();
        evaluations.forEach(list::add);
        read += list.size();
        total = page.path("total_count").asLong(total);
        start = page.path("next").path("start").asText("");
        more = !start.isEmpty();
        if (more && !visited.add(start)) {
            throw new UnexpectedAnswer("The evaluations of report " + report + " lead back to a page that was read");
        }
        return list;
    }

    /** @throws UnexpectedAnswer if pages are missing, so that the report is read again (P1) */
    void requireWhole() {
        if (read < total) {
            throw new UnexpectedAnswer("The evaluations of report " + report + " ended after " + read + " of " + total
                    + "; it is read again by the next pass");
        }
    }

    /** Whether they were read to their end, and are at least so many. */
    boolean areAll(long announced) {
        return !more && read > 0 && read >= announced;
    }
}
