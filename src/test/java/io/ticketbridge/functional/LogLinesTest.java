package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One id follows a finding from the poll to the ticket's number (P32). */
class LogLinesTest {
    @TempDir
    private Path folder;

    private String linesOf(Bridge bridge) throws Exception {
        Path file = Scan.of()
                .fails("s3-public", "bucket-1\u0007 with a bell")
                .raw("{}")
                .write(folder);
        String config = bridge.restart().config().toString();
        try (ChildProcess child = ChildProcess.start(folder, "import", file.toString(), "--config", config)) {
            child.exit();
            return child.err();
        }
    }

    @Test
    void json_lines_carry_the_run_that_read_the_cause() throws Exception {
        try (Bridge bridge = Bridge.in(folder).with("log.format", "json")) {
            List<JsonNode> lines = linesOf(bridge)
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(LogLinesTest::json)
                    .toList();

            String run = String.valueOf(bridge.count("select max(id) from run where flow = 'compliance'"));
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.path("formattedMessage").asText()).startsWith("A record can't be used");
                assertThat(line.path("level").asText()).isEqualTo("WARN");
                assertThat(line.path("mdc").path("run").asText()).isEqualTo(run);
            });
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.path("formattedMessage").asText()).startsWith("Ticket opened. number=INC0010001");
                assertThat(line.path("mdc").path("run").asText()).isEqualTo(run);
            });
        }
    }

    @Test
    void text_lines_carry_it_too() throws Exception {
        try (Bridge bridge = Bridge.in(folder)) {
            String lines = linesOf(bridge);

            String run = String.valueOf(bridge.count("select max(id) from run where flow = 'compliance'"));
            assertThat(lines)
                    .contains("Deliveries [run " + run + "]: Ticket opened. number=INC0010001")
                    .contains("Scans [run " + run + "]: A record can't be used")
                    .contains("Scans [run " + run + "]: A scan has records that can't be used");
        }
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
