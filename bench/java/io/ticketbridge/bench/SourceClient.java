package io.ticketbridge.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Fetches with the JDK's client, one request after the other over one connection. */
final class SourceClient {
    private static final int PAGE = 100;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI source;

    SourceClient(URI source) {
        this.source = source;
    }

    void token() throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(source.resolve("/identity/token"))
                .POST(BodyPublishers.ofString("grant_type=apikey"))
                .build());
    }

    byte[] latest() throws IOException, InterruptedException {
        return get("/reports/latest?sort=created_on");
    }

    byte[] controls(String report) throws IOException, InterruptedException {
        return get("/reports/" + report + "/controls");
    }

    /** @param start where the page begins, empty for the first */
    byte[] evaluations(String report, String start) throws IOException, InterruptedException {
        return get("/reports/" + report + "/evaluations?limit=" + PAGE + (start.isEmpty() ? "" : "&start=" + start));
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(source + path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer token")
                .build());
    }

    private byte[] send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + answer.statusCode());
        }
        return answer.body();
    }
}
