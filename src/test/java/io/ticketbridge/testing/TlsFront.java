package io.ticketbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLServerSocket;

/** TLS in front of a simulator that speaks plain HTTP. */
public final class TlsFront extends Relay {
    private final URI behind;

    private TlsFront(SSLServerSocket server, URI behind) {
        super(server);
        this.behind = behind;
    }

    public static TlsFront before(String url, Certificates certificates) {
        return before(url, certificates, null);
    }

    /** One that demands the client's certificate. */
    public static TlsFront before(String url, Certificates certificates, Certificates client) {
        try {
            SSLServerSocket server = (SSLServerSocket) certificates
                    .server(client)
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            server.setNeedClientAuth(client != null);
            TlsFront front = new TlsFront(server, URI.create(url));
            front.start();
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address behind, with https and this port. */
    public String url() {
        return "https://127.0.0.1:" + port() + behind.getRawPath();
    }

    @Override
    Socket target(Socket client) throws IOException {
        return new Socket(behind.getHost(), behind.getPort());
    }
}
