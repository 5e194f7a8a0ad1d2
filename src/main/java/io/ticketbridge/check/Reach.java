package io.ticketbridge.check;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.network.Tls;
import io.ticketbridge.network.UnusableFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries whether a system can be reached, the way that a run goes: over which TLS and proxy, and whether its clock agrees with ours. */
final class Reach {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration CLOCK_WARNING = Duration.ofMinutes(1);
    private static final Duration CLOCK_PROBLEM = Duration.ofMinutes(5);

    private final NetworkSettings network;
    private final Clock clock;

    Reach(NetworkSettings network, Clock clock) {
        this.network = network;
        this.clock = clock;
    }

    /** The answer, or why there is none; what is wrong with the way there is added to the findings. */
    Optional<HttpResponse<String>> get(
            String system, String property, HttpRequest.Builder request, List<Checked> findings) {
        HttpRequest asked = request.timeout(LONGEST).build();
        URI address = asked.uri();
        WayThere way = new WayThere(system, property, address, network, LONGEST);
        CompletableFuture<HttpResponse<String>> coming = null;
        try {
            HttpClient http = client(address);
            network.proxyFor(address)
                    .flatMap(NetworkSettings.Proxy::authorisation)
                    .ifPresent(value -> request.header("Proxy-Authorization", value));
            coming = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
            // The request's own time limit ends with the headers.
            HttpResponse<String> answer = coming.get(LONGEST.toMillis() * 2, TimeUnit.MILLISECONDS);
            Optional<Checked> refusal = way.refusal(answer.statusCode());
            findings.add(refusal.orElseGet(way::open));
            if (refusal.isPresent()) {
                return Optional.empty();
            }
            clock(system, answer).ifPresent(findings::add);
            return Optional.of(answer);
        } catch (UnusableFile e) {
            findings.add(Checked.unchecked(
                    system,
                    "reachable",
                    "it was not asked: a file of its network settings can't be used",
                    "see settings"));
        } catch (ExecutionException e) {
            findings.add(
                    way.blocked(e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause())));
        } catch (TimeoutException e) {
            coming.cancel(true);
            findings.add(way.silent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private HttpClient client(URI address) {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(LONGEST).followRedirects(HttpClient.Redirect.NEVER);
        Tls.of(network).ifPresent(client::sslContext);
        return client.proxy(network.selectorFor(address)).build();
    }

    private Optional<Checked> clock(String system, HttpResponse<String> answer) {
        return answer.headers().firstValue("Date").flatMap(Reach::time).map(theirs -> {
            Duration offset = Duration.between(theirs, clock.instant()).abs();
            String text = "its clock and ours differ by " + offset.toSeconds() + " s";
            String cure = "let this machine's clock follow a time server (NTP)";
            if (offset.compareTo(CLOCK_PROBLEM) > 0) {
                return Checked.problem(system, "clock", text, cure);
            }
            return offset.compareTo(CLOCK_WARNING) > 0
                    ? Checked.warning(system, "clock", text, cure)
                    : Checked.ok(system, "clock", text);
        });
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
