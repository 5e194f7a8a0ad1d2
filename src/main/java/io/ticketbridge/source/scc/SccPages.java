package io.ticketbridge.source.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ticketbridge.source.PagedSource;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The pages of a report's evaluations. Whoever reads them may be another thread than who works on them. */
final class SccPages implements PagedSource {
    /** The most that the API gives at once. */
    private static final int PAGE = 100;

    private final SccReport report;
    private final EvaluationNormaliser normaliser;
    private final Set<String> visited = new HashSet<>();
    private String start = "";
    private boolean more = true;
    private long read;
    private long total;

    SccPages(SccReport report) {
        this.report = report;
        normaliser = new EvaluationNormaliser(report);
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public SccCall nextCall() {
        String query =
                "limit=" + PAGE + (start.isEmpty() ? "" : "&start=" + URLEncoder.encode(start, StandardCharsets.UTF_8));
        return new SccCall(path(), query);
    }

    private String path() {
        return "/reports/" + report.getId() + "/evaluations";
    }

    /** Whether it is these that a call asks for. */
    boolean areAskedForBy(SccCall call) {
        return call.path().equals(path());
    }

    /** Parses an answer, for {@link #accept}. */
    Object read(byte[] answer) throws IOException {
        return EvaluationsPage.read(answer, normaliser.reader());
    }

    /** The last has no next token (section 1.4). What was parsed to a tree by a step of one's own is taken as well. */
    @Override
    public List<JsonNode> accept(Object answer) {
        if (answer instanceof EvaluationsPage page) {
            page.normalise(normaliser);
            follow(page.rest(), page);
            return page;
        }
        JsonNode page = answer instanceof JsonNode node ? node : MissingNode.getInstance();
        if (!page.path("evaluations").isArray()) {
            throw new UnexpectedAnswer("The evaluations of report " + report.getId() + " are no list");
        }
        List<JsonNode> list = new ArrayList<>();
        page.path("evaluations").forEach(list::add);
        follow(page, list);
        return list;
    }

    private void follow(JsonNode page, List<JsonNode> evaluations) {
        read += evaluations.size();
        total = page.path("total_count").asLong(total);
        start = page.path("next").path("start").asText("");
        more = !start.isEmpty();
        if (more && !visited.add(start)) {
            throw new UnexpectedAnswer(
                    "The evaluations of report " + report.getId() + " lead back to a page that was read");
        }
    }

    /** @throws UnexpectedAnswer if pages are missing, so that the report is read again (P1) */
    void requireWhole() {
        if (read < total) {
            throw new UnexpectedAnswer("The evaluations of report " + report.getId() + " ended after " + read + " of "
                    + total + "; it is read again by the next pass");
        }
    }

    /** Whether they were read to their end, and are at least so many. */
    boolean areAll(long announced) {
        return !more && read > 0 && read >= announced;
    }
}
