package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** A {@link SlowInstance} that was started here; closing it ends its process. */
final class Instance implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_OURS_TO_SET = Set.of("host", "content-length", "connection", "upgrade");

    private final Process process;
    private final URI url;
    private final HttpClient client = HttpClient.newHttpClient();

    private Instance(Process process, int port) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + port);
    }

    static Instance start() throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowInstance.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (port == null) {
            throw new IOException("The simulated instance ended before it began");
        }
        return new Instance(process, Integer.parseInt(port));
    }

    URI url() {
        return url;
    }

    /** From now on each write is answered after so many milliseconds. */
    void answerAfter(long millis) throws IOException, InterruptedException {
        ask("/delay?ms=" + millis);
    }

    long writes() throws IOException, InterruptedException {
        return ask("/seen").path("writes").asLong();
    }

    /** The last write, to be sent again just as it came. */
    HttpRequest lastWrite() throws IOException, InterruptedException {
        JsonNode last = ask("/seen").path("last");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        url.resolve(last.path("uri").asText()))
                .method(
                        last.path("method").asText(),
                        BodyPublishers.ofString(last.path("body").asText()));
        last.path("headers").properties().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_OURS_TO_SET.contains(name) && !name.equals("transfer-encoding")) {
                request.header(name, header.getValue().asText());
            }
        });
        return request.build();
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
