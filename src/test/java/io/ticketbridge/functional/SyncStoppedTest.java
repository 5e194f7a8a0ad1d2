package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.testing.Bridge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopped after one write after another, each of which was done and never answered: what follows is done once. */
class SyncStoppedTest {
    /** Of a change with a note and a file: the fields, the note, the file, the note that binds the file. */
    private static final int WRITES_TO_VISION_ONE = 4;

    @TempDir
    private Path folder;

    @Test
    void whichever_write_it_was_stopped_at_each_is_done_once() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            bridge.with("servicenow.request-timeout", "2s").with("vision-one.request-timeout", "2s");
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            for (int stop = 1; stop <= WRITES_TO_VISION_ONE + 1; stop++) {
                edit(bridge, id, stop);
                if (stop <= WRITES_TO_VISION_ONE) {
                    AtomicInteger writes = new AtomicInteger();
                    int last = stop;
                    bridge.visionOne()
                            .faults()
                            .nextMatching(
                                    1,
                                    request -> request.isWrite() && writes.incrementAndGet() == last,
                                    HttpFault.lostAnswer());
                    stopOnce(bridge, () -> writes.get() >= last);
                } else {
                    var fault =
                            bridge.serviceNow().faults().next(1, RequestMatcher.writes(), Fault.closedAfterCommit());
                    stopOnce(bridge, () -> fault.used() > 0);
                }

                bridge.poll();
                assertInStep(bridge, id, stop);
            }
            bridge.later(Duration.ofMinutes(1)).listen().poll();
            assertThat(bridge.writes()).as("writes to ServiceNow").isZero();
            assertThat(bridge.visionOne().requests().countWrites())
                    .as("writes to Vision One")
                    .isZero();
        }
    }

    private static void edit(Bridge bridge, String id, int stop) {
        Map<String, String> ticket = bridge.ticket();
        bridge.serviceNow()
                .attach(
                        "incident",
                        ticket.get("sys_id"),
                        "file-" + stop + ".txt",
                        "text/plain",
                        ("content " + stop).getBytes(StandardCharsets.UTF_8),
                        "beth.anglin");
        bridge.edit(ticket, Map.of("state", stop % 2 == 0 ? "1" : "2", "work_notes", "From the desk " + stop));
        bridge.visionOne().update(id, Map.of("name", "Phishing " + stop));
        bridge.visionOne().addNote(id, "An analyst", "From the analyst " + stop);
    }

    private static void stopOnce(Bridge bridge, BooleanSupplier written) {
        bridge.engine().pass(Bridge.CASES);
        await().atMost(Duration.ofSeconds(60)).until(written::getAsBoolean);
        bridge.restart();
        bridge.later(Duration.ofMinutes(2));
    }

    private static void assertInStep(Bridge bridge, String id, int stop) {
        SimulatedCase sourced = bridge.visionOne().caseById(id).orElseThrow();
        String comments = sourced.notes().stream().map(SimulatedNote::text).collect(Collectors.joining("\n"));
        String journal = String.join("\n", bridge.notes(bridge.ticket()));
        assertThat(sourced.status()).isEqualTo(stop % 2 == 0 ? "Open" : "In-progress");
        assertThat(bridge.ticket()).containsEntry("short_description", "Phishing " + stop);
        for (String text : List.of("From the desk " + stop, "file-" + stop + ".txt")) {
            assertThat(times(comments, text)).as(text + " on the case").isEqualTo(1);
        }
        assertThat(times(journal, "From the analyst " + stop))
                .as("on the ticket")
                .isEqualTo(1);
        assertThat(times(journal, "-> Phishing " + stop))
                .as("the change is told")
                .isEqualTo(1);
        // Of an upload whose answer was lost the file stays behind; no note shows it.
        assertThat(sourced.notes()).flatExtracting(SimulatedNote::attachmentIds).hasSize(stop);
        assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                .hasSize(stop);
    }

    private static int times(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
