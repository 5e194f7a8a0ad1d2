package io.ticketbridge.check;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.network.Tls;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Tries whether a system can be reached, over which TLS, and whether its clock agrees with ours. */
final class Reach {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration CLOCK_WARNING = Duration.ofMinutes(1);
    private static final Duration CLOCK_PROBLEM = Duration.ofMinutes(5);

    private final HttpClient http;
    private final NetworkSettings network;
    private final Clock clock;

    /** @throws io.ticketbridge.network.UnusableFile naming the property of a file that can't be used */
    Reach(NetworkSettings network, Clock clock) {
        this(client(network), network, clock);
    }

    /** @param client trust and proxy are set already */
    Reach(HttpClient.Builder client, NetworkSettings network, Clock clock) {
        this.network = network;
        this.http = client.connectTimeout(LONGEST)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.clock = clock;
    }

    private static HttpClient.Builder client(NetworkSettings network) {
        HttpClient.Builder client = HttpClient.newBuilder().proxy(new Proxies(network));
        Tls.of(network).ifPresent(client::sslContext);
        network.proxy()
                .filter(proxy -> !proxy.user().isEmpty())
                .ifPresent(proxy -> client.authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return getRequestorType() == RequestorType.PROXY
                                ? new PasswordAuthentication(
                                        proxy.user(), proxy.password().reveal().toCharArray())
                                : null;
                    }
                }));
        return client;
    }

    /** The answer, or why there is none; what is wrong with the way there is added to the findings. */
    Optional<HttpResponse<String>> get(
            String system, String property, HttpRequest.Builder request, List<Checked> findings) {
        HttpRequest built = request.timeout(LONGEST).build();
        URI address = built.uri();
        try {
            HttpResponse<String> answer = http.send(built, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 407) {
                findings.add(unreachable(system, property, address, "the proxy wants other credentials"));
                return Optional.empty();
            }
            findings.add(
                    Checked.ok(system, "reachable", address.getScheme() + "://" + address.getAuthority() + " answers"));
            clock(system, answer).ifPresent(findings::add);
            return Optional.of(answer);
        } catch (SSLException e) {
            findings.add(Checked.problem(system, "tls", address.getHost() + ": " + tls(e), tlsCure(e, property)));
        } catch (HttpConnectTimeoutException e) {
            findings.add(unreachable(
                    system, property, address, "it takes no connection within " + LONGEST.toSeconds() + " s"));
        } catch (HttpTimeoutException e) {
            findings.add(
                    unreachable(system, property, address, "it does not answer within " + LONGEST.toSeconds() + " s"));
        } catch (IOException e) {
            findings.add(unreachable(system, property, address, said(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private Checked unreachable(String system, String property, URI address, String why) {
        return Checked.problem(
                system,
                "reachable",
                address.getScheme() + "://" + address.getAuthority() + " can't be reached: " + why,
                network.proxyFor(address).isPresent()
                        ? "check " + network.key("proxy") + " and its credentials, and " + property
                        : "check " + property + ", and that this machine may connect there");
    }

    private static String said(IOException e) {
        boolean connecting = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "no such host";
            }
            connecting = connecting || cause instanceof ConnectException;
            if (String.valueOf(cause.getMessage()).contains("407")
                    || String.valueOf(cause.getMessage()).contains("authentication")) {
                return "the proxy wants other credentials";
            }
        }
        return connecting ? "the connection is refused" : "the connection broke (" + e.getMessage() + ")";
    }

    private static String tls(SSLException e) {
        String all = causes(e);
        if (all.contains("NotAfter") || all.contains("expired")) {
            return "its certificate has expired";
        }
        if (all.contains("No subject alternative") || all.contains("No name matching")) {
            return "its certificate is for another host";
        }
        if (all.contains("PKIX path")) {
            return "its certificate comes from an authority that Java does not trust";
        }
        if (all.contains("certificate_required") || all.contains("bad_certificate")) {
            return "it asks for a client certificate";
        }
        return "no TLS connection: " + e.getMessage();
    }

    private String tlsCure(SSLException e, String property) {
        String what = tls(e);
        if (what.contains("does not trust")) {
            return "set " + network.key("ca-file") + " to a PEM file with the authority's certificate";
        }
        return what.contains("client certificate")
                ? "set " + network.key("client-certificate") + " and its key"
                : "check " + property + " and the server's certificate";
    }

    private static String causes(Throwable error) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append(' ');
        }
        return all.toString();
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

    /** The proxy of the settings for every host but those that are called without it. */
    private static final class Proxies extends ProxySelector {
        private final NetworkSettings network;

        Proxies(NetworkSettings network) {
            this.network = network;
        }

        @Override
        public List<Proxy> select(URI address) {
            return List.of(network.proxyFor(address)
                    .map(proxy ->
                            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())))
                    .orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            // The failure itself tells.
        }
    }
}
