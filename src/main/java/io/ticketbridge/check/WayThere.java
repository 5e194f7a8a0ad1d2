package io.ticketbridge.check;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.fault.TlsFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what is wrong with the way to a system, and which property to change. */
record WayThere(String system, String property, URI address, NetworkSettings network, Duration longest) {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    Checked open() {
        return Checked.ok(
                system,
                "reachable",
                server() + " answers"
                        + proxy().map(proxy -> " through " + proxy).orElse(""));
    }

    /** What the proxy says instead of the system. */
    Optional<Checked> refusal(int status) {
        return status == PROXY_AUTHENTICATION_REQUIRED ? Optional.of(unknownToProxy()) : Optional.empty();
    }

    Checked silent() {
        return unreachable("it does not answer within " + longest.toSeconds() + " s");
    }

    Checked blocked(IOException error) {
        String all = causes(error);
        if (proxy().isPresent() && all.contains("407")) {
            return unknownToProxy();
        }
        if (proxy().isPresent() && all.contains("Tunnel failed")) {
            return Checked.problem(
                    system,
                    "proxy",
                    "the proxy " + proxy().get() + " does not connect to " + server() + " (" + error.getMessage() + ")",
                    "check " + property + ", let the proxy connect there, or except the host with "
                            + network.key("no-proxy"));
        }
        Optional<TlsFault> tls = TlsFault.of(error);
        if (tls.isPresent() || error instanceof SSLException || all.contains("fatal alert")) {
            return tls(tls.orElse(TlsFault.OTHER), error.getMessage());
        }
        if (error instanceof HttpConnectTimeoutException) {
            return unreachable("it takes no connection within " + longest.toSeconds() + " s");
        }
        if (error instanceof HttpTimeoutException) {
            return silent();
        }
        return unreachable(said(error));
    }

    private Checked unknownToProxy() {
        boolean named = proxy().filter(proxy -> !proxy.user().isEmpty()).isPresent();
        return Checked.problem(
                system,
                "proxy",
                "the proxy " + proxy().map(String::valueOf).orElse("") + " wants "
                        + (named ? "other credentials than those it was given" : "credentials") + " (407)",
                "set " + network.key("proxy-user") + " and .proxy-password");
    }

    private Checked unreachable(String why) {
        return proxy().filter(proxy -> !why.startsWith("it does not answer"))
                .map(proxy -> Checked.problem(
                        system,
                        "proxy",
                        "the proxy " + proxy + " can't be reached: " + why,
                        "check " + network.key("proxy")))
                .orElseGet(() -> Checked.problem(
                        system,
                        "reachable",
                        server() + " can't be reached: " + why,
                        "check " + property + ", and that this machine may connect there, or name the way out with "
                                + network.key("proxy")));
    }

    private Checked tls(TlsFault fault, String message) {
        String cure = fault.cure(property, network::key);
        return switch (fault) {
            case CLIENT_CERTIFICATE ->
                network.clientCertificate().isPresent()
                        ? tlsProblem("it refuses our client certificate", cure)
                        : tlsProblem("it demands a client certificate", cure.replaceFirst("^check", "set"));
            case OTHER -> tlsProblem("no TLS connection: " + message, cure);
            default -> tlsProblem(fault.words(), cure);
        };
    }

    private Checked tlsProblem(String what, String cure) {
        return Checked.problem(system, "tls", address.getHost() + ": " + what, cure);
    }

    private Optional<NetworkSettings.Proxy> proxy() {
        return network.proxyFor(address);
    }

    private String server() {
        return address.getScheme() + "://" + address.getAuthority();
    }

    private static String said(IOException error) {
        boolean connecting = false;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "no such host";
            }
            connecting = connecting || cause instanceof ConnectException;
        }
        return connecting ? "the connection is refused" : "the connection broke (" + error.getMessage() + ")";
    }

    private static String causes(Throwable error) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append(' ');
        }
        return all.toString();
    }
}
