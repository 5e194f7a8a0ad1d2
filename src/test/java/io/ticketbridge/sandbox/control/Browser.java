package io.ticketbridge.sandbox.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser that follows nothing by itself, and sends forms as the page has them. */
final class Browser {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    /** @param url with a slash at the end */
    Browser(String url) {
        this.url = url;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    String page() {
        return get("").body();
    }

    String token() {
        Matcher matcher = TOKEN.matcher(page());
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Sends a form with the page's token. */
    HttpResponse<String> submit(String action, String... fields) {
        List<String> all = new ArrayList<>(List.of("token", token()));
        all.addAll(List.of(fields));
        return send(post(action, all.toArray(String[]::new)));
    }

    /** As a program would; the token is in a header. */
    HttpResponse<String> call(String action, String... fields) {
        return send(post(action, fields).header("Accept", "application/json").header(Guard.HEADER, token()));
    }

    HttpRequest.Builder post(String action, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(encoded(fields[i]))
                    .append('=')
                    .append(encoded(fields[i + 1]));
        }
        return HttpRequest.newBuilder(URI.create(url + "do/" + action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
