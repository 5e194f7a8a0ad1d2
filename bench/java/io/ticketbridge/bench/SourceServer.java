package io.ticketbridge.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves reports over loopback HTTP/1.1, a thread for each connection, out of ready pieces: what it costs is not what is
 * measured. It gives the SCC results API's and IAM's answers and looks at no credential.
 */
final class SourceServer implements AutoCloseable {
    private record Key(Shape shape, Report report) {}

    private final ServerSocket socket;
    private final Map<Key, ReportPages> pages = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Report newest = new Report(1, false);

    private SourceServer(ServerSocket socket) {
        this.socket = socket;
    }

    static SourceServer start() {
        try {
            SourceServer server = new SourceServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            thread("source", server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a report of that shape is read. */
    URI source(Shape shape) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/" + shape.path() + "/v3");
    }

    /** From now on it is the newest; what is needed to serve it is made at once. */
    void publish(Shape shape, Report report) {
        pages.clear();
        pages(shape, report);
        newest = report;
    }

    int requests() {
        return requests.get();
    }

    private ReportPages pages(Shape shape, Report report) {
        return pages.computeIfAbsent(new Key(shape, report), key -> new ReportPages(new Estate(shape), report));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                thread("source-connection", () -> serve(connection));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            Bytes body = new Bytes(200_000);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                skipRest(in);
                requests.incrementAndGet();
                body.clear();
                String status = answer(line.split(" ")[1], body) ? "200 OK" : "404 Not Found";
                out.write(("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.size()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                body.writeTo(out);
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(200);
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void skipRest(InputStream in) throws IOException {
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        in.skipNBytes(length);
    }

    /** @return whether there is such a thing */
    private boolean answer(String target, Bytes body) {
        String path = target.replaceFirst("\\?.*", "");
        if (path.equals("/identity/token")) {
            body.put("{\"access_token\":\"token\",\"expires_in\":3600}");
            return true;
        }
        String[] parts = path.split("/");
        if (parts.length < 5 || !parts[3].equals("reports")) {
            return false;
        }
        Shape shape = Shape.parse(parts[1]);
        if (parts[4].equals("latest")) {
            pages(shape, newest).latest(body);
        } else if (parts[5].equals("controls")) {
            pages(shape, Report.parse(parts[4])).controls(body);
        } else {
            pages(shape, Report.parse(parts[4]))
                    .page(body, number(target, "start", 0), number(target, "limit", 50), path);
        }
        return true;
    }

    private static int number(String target, String name, int otherwise) {
        for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return Integer.parseInt(pair.substring(name.length() + 1));
            }
        }
        return otherwise;
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
