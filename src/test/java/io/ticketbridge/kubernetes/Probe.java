package io.ticketbridge.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A probe in one line, whichever form it is written in: {@code 9876 /path timeout=1 period=10 failures=3}. */
final class Probe {
    static final List<String> KINDS = List.of("liveness", "readiness", "startup");
    private static final String LINE = "%d %s timeout=%d period=%d failures=%d";

    private Probe() {}

    static String ofContainer(JsonNode probe, Map<String, Integer> ports) {
        return LINE.formatted(
                ports.get(probe.at("/httpGet/port").asText()),
                probe.at("/httpGet/path").asText(),
                probe.path("timeoutSeconds").asInt(1),
                probe.path("periodSeconds").asInt(10),
                probe.path("failureThreshold").asInt(3));
    }

    static String ofTrait(JsonNode health, String kind) {
        return LINE.formatted(
                health.path(kind + "Port").asInt(),
                health.path(kind + "Probe").asText(),
                health.path(kind + "Timeout").asInt(1),
                health.path(kind + "Period").asInt(10),
                health.path(kind + "FailureThreshold").asInt(3));
    }

    static int port(String line) {
        return Integer.parseInt(line.split(" ")[0]);
    }

    static String path(String line) {
        return line.split(" ")[1];
    }
}
