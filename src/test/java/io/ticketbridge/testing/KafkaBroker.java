package io.ticketbridge.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A real Kafka broker in a process of its own, from its own jars, without ZooKeeper. It keeps its port over a restart. */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Path CLASS_PATH = Path.of("target", "kafka-broker.classpath");

    public static final String USER = "ticketbridge";
    public static final String PASSWORD = "open-sesame";

    private final Path folder;
    private final Certificates certificates;
    private final Path settings;
    private final int port;
    private final int guardedPort;
    private Process process;

    private KafkaBroker(Path folder, Certificates certificates) {
        this.folder = folder;
        this.certificates = certificates;
        this.port = FreePort.find();
        this.guardedPort = FreePort.find();
        int controller = FreePort.find();
        settings = folder.resolve("server.properties");
        String text =
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,GUARDED://127.0.0.1:%4$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,GUARDED://127.0.0.1:%4$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL
                sasl.enabled.mechanisms=PLAIN
                listener.name.guarded.plain.sasl.jaas.config=%5$s
                listener.name.guarded.ssl.keystore.type=PKCS12
                listener.name.guarded.ssl.keystore.location=%6$s
                listener.name.guarded.ssl.keystore.password=%7$s
                listener.name.guarded.ssl.key.password=%7$s
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                auto.create.topics.enable=false
                log.cleaner.dedupe.buffer.size=2000000
                log.cleaner.io.buffer.size=65536
                """
                        .formatted(
                                port,
                                controller,
                                folder.resolve("log"),
                                guardedPort,
                                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER + "=\""
                                        + PASSWORD + "\";",
                                certificates.pkcs12(),
                                Certificates.PASSWORD);
        write(settings, text);
        run("kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", settings.toString());
        start();
    }

    /** One for all tests of this process; it ends with it. */
    public static KafkaBroker shared() {
        return Shared.ONE;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Where only {@link #USER} may come in, with TLS. */
    public String guardedAddress() {
        return "127.0.0.1:" + guardedPort;
    }

    /** The authority of its certificate. */
    public Path authority() {
        return certificates.authorityPem();
    }

    /** As an orderly stop of the service. */
    public void stop() {
        process.destroy();
        awaitEnd("the broker's end", process);
    }

    /** As {@code kill -9} does it. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd("the broker's end", process);
    }

    public void start() {
        process = java(List.of("kafka.Kafka", settings.toString()));
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("The broker does not start: " + output());
            }
            return isOpen();
        });
    }

    private boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String... command) {
        Process tool = java(List.of(command));
        awaitEnd("the end of " + command[0], tool);
        if (tool.exitValue() != 0) {
            throw new AssertionError(command[0] + " failed: " + output());
        }
    }

    private Process java(List<String> arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx192m",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-cp",
                    Files.readString(CLASS_PATH).strip()));
            command.addAll(arguments);
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("broker.out").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Run mvn generate-test-resources, which names the broker's jars", e);
        }
    }

    private static void awaitEnd(String what, Process ending) {
        try {
            if (!ending.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly();
                throw new AssertionError(what + " does not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("broker.out"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Started when it is first needed. */
    private static final class Shared {
        private static final KafkaBroker ONE = start();

        private static KafkaBroker start() {
            try {
                Path folder = Files.createTempDirectory("kafka-" + UUID.randomUUID());
                KafkaBroker broker = new KafkaBroker(folder, Certificates.forLoopback(folder));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    broker.process.destroyForcibly();
                    delete(folder);
                }));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException e) {
                // The system's temporary folder is nobody's archive.
            }
        }
    }
}
