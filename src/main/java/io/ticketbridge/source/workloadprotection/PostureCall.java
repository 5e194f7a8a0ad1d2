package io.ticketbridge.source.workloadprotection;

/** A GET of the posture API: the path below the instance's url, and the query, both encoded. */
public record PostureCall(String path, String query) {
    static final int PAGE = 50;

    PostureCall page(int number) {
        return new PostureCall(
                path, query + (query.isEmpty() ? "" : "&") + "pageSize=" + PAGE + "&pageNumber=" + number);
    }
}
