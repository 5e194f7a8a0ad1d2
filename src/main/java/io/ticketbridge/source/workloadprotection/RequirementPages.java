package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.PagedSource;
import io.ticketbridge.source.UnexpectedAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pages of the requirements of all policies and zones. One thread reads it. */
public final class RequirementPages implements PagedSource {
    private static final String PATH = "/api/cspm/v1/compliance/requirements";
    /** A list this long is taken for one that never ends. */
    private static final int MOST_PAGES = 10_000;

    private final PostureCall call;
    private int number = 1;
    private long read;
    private long total = -1;
    private boolean more = true;

    /** @param filter in the API's own language; all requirements if empty */
    RequirementPages(String filter) {
        call = new PostureCall(
                PATH,
                filter.isEmpty()
                        ? ""
                        : "filter="
                                + URLEncoder.encode(filter, StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public PostureCall nextCall() {
        return call.page(number);
    }

    /** The last page is the one with which all are there, or one without any. */
    @Override
    public List<JsonNode> accept(Object answer) {
        if (answer instanceof Unread unread) {
            throw new UnexpectedAnswer("The requirements can't be read: " + unread.why());
        }
        JsonNode page = answer instanceof JsonNode node ? node : null;
        JsonNode data = page == null ? null : page.get("data");
        if (data == null || !data.isArray()) {
            throw new UnexpectedAnswer(
                    "The requirements are no list; check that the workload-protection url is the API host");
        }
        List<JsonNode> list = new ArrayList<>();
        data.forEach(list::add);
        read += list.size();
        total = page.path("totalCount").asLong(total);
        more = !list.isEmpty() && (total < 0 ? list.size() >= PostureCall.PAGE : read < total);
        if (more && ++number > MOST_PAGES) {
            throw new UnexpectedAnswer("The requirements have more than " + MOST_PAGES + " pages");
        }
        if (!more && total != read) {
            throw new UnexpectedAnswer(
                    total < 0
                            ? "The requirements do not say how many they are (totalCount)"
                            : "The requirements ended after " + read + " of " + total
                                    + "; they are read again by the next pass");
        }
        return list;
    }
}
