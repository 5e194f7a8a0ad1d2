package io.ticketbridge.crash;

import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.NetworkCut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of several processes on the same ledger, with a network of its own to PostgreSQL and to ServiceNow. */
final class Replica implements AutoCloseable {
    private static final String LEDGER = "ticketbridge.database.url=";
    private static final String PROXY = "ticketbridge.servicenow.proxy=";

    final NetworkCut toLedger;
    final NetworkCut toServiceNow;
    private final Path folder;
    private ChildProcess process;

    /** @param config of all replicas; this one has the same with other addresses */
    Replica(Path folder, Path config, int ledgerPort, String serviceNow) {
        this.folder = folder;
        toLedger = NetworkCut.before(ledgerPort);
        toServiceNow = NetworkCut.before(URI.create(serviceNow).getPort());
        try {
            Files.createDirectories(folder);
            String text = Files.readString(config.resolve("application.properties"))
                    .replaceAll(
                            LEDGER + "[^?\\n]*:\\d+/", LEDGER + "jdbc:postgresql://127.0.0.1:" + toLedger.port() + "/");
            // All have the same instance, by whatever way: the ledger belongs to one.
            Files.writeString(
                    folder.resolve("application.properties"),
                    text + PROXY + "127.0.0.1:" + toServiceNow.port() + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    void start() {
        process = ChildProcess.start(folder, "run", "--config", folder.toString());
    }

    ChildProcess process() {
        return process;
    }

    /** @param instance as the shared schedule calls it: the process' number, then its host */
    boolean is(String instance) {
        return instance.startsWith(process.pid() + "@");
    }

    String log() {
        return process.err();
    }

    @Override
    public void close() {
        process.close();
        toLedger.close();
        toServiceNow.close();
    }
}
