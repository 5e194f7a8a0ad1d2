package io.ticketbridge.testing;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between one process and a server, which can be cut: what is sent then arrives nowhere, and nobody is told. */
public final class NetworkCut extends Relay {
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean cut;

    private NetworkCut(int port) {
        super(plain());
        this.port = port;
    }

    /** @param port of the server, on loopback */
    public static NetworkCut before(int port) {
        NetworkCut network = new NetworkCut(port);
        network.start();
        return network;
    }

    public synchronized void cut() {
        cut = true;
    }

    /** As long as both ends still wait, what was under way arrives late. */
    public synchronized void heal() {
        cut = false;
        notifyAll();
    }

    /** Ends every connection, as a firewall does that has forgotten them. */
    public void drop() {
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed already.
            }
        });
        open.clear();
    }

    @Override
    Socket target(Socket client) throws IOException {
        beforeWrite();
        Socket target = new Socket("localhost", port);
        open.add(client);
        open.add(target);
        return target;
    }

    @Override
    synchronized void beforeWrite() {
        while (cut) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
