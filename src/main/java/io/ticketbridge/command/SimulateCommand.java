package io.ticketbridge.command;

import io.ticketbridge.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}: the simulators alone; prints their addresses and credentials as properties ready to paste. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Start the simulators alone and print their addresses and credentials as properties")
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed brings the same cases and findings (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where scan files are dropped (default: ${DEFAULT-VALUE})",
            defaultValue = "data/scans")
    private Path folder;

    @Override
    public Integer call() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(seed, folder, Clock.systemUTC())) {
            sandbox.properties().forEach((key, value) -> System.out.println(key + "=" + value));
            System.out.flush();
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            stopped.await();
        }
        return TicketbridgeCommand.WELL;
    }
}
