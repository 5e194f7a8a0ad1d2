package io.ticketbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy for https on loopback: it knows CONNECT, and wants credentials where it is told to. */
public final class ForwardProxy extends Relay {
    private final String credentials;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();

    private ForwardProxy(String credentials) {
        super(plain());
        this.credentials = credentials;
    }

    public static ForwardProxy open() {
        ForwardProxy proxy = new ForwardProxy(null);
        proxy.start();
        return proxy;
    }

    public static ForwardProxy wanting(String user, String password) {
        ForwardProxy proxy = new ForwardProxy("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        proxy.start();
        return proxy;
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Host and port of every tunnel that was made. */
    public List<String> tunnels() {
        return tunnels;
    }

    @Override
    Socket target(Socket client) throws IOException {
        while (true) {
            List<String> head = head(client.getInputStream());
            if (head.isEmpty() || !head.get(0).startsWith("CONNECT ")) {
                answer(client, "405 Method Not Allowed", "");
                return null;
            }
            boolean known = credentials == null
                    || head.stream()
                            .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:")
                                    && line.endsWith(credentials));
            if (known) {
                String target = head.get(0).split(" ")[1];
                tunnels.add(target);
                Socket socket = connected(target);
                answer(client, socket == null ? "502 Bad Gateway" : "200 Connection established", "");
                return socket;
            }
            answer(
                    client,
                    "407 Proxy Authentication Required",
                    "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n");
        }
    }

    /** Null where nobody is: a misspelt host, say. */
    private static Socket connected(String target) {
        int colon = target.lastIndexOf(':');
        try {
            return new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        } catch (IOException e) {
            return null;
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return List.of();
            }
            text.append((char) next);
        }
        return text.toString().lines().toList();
    }

    private static void answer(Socket client, String status, String headers) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }
}
