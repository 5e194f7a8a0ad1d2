package io.ticketbridge.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** Where and when it was measured; a load above nothing at the start means that others took part. */
record Machine(String date, int cores, String processor, long memoryMb, String java, double load) {
    static Machine here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                system.getAvailableProcessors(),
                processorName(),
                system.getTotalMemorySize() >> 20,
                System.getProperty("java.version"),
                system.getSystemLoadAverage());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: *", ""))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d cores (%s), %,d MB, Java %s, load %.1f at the start",
                date,
                cores,
                processor,
                memoryMb,
                java,
                load);
    }
}
