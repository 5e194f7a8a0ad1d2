package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of findings and files makes no difference to groups and tickets (P6). */
class OrderTest {
    @TempDir
    private Path folder;

    private record Seen(String account, boolean fails, String control, String resource) {}

    private static final List<String> ACCOUNTS = List.of("1", "2", "3");

    private static List<Seen> world(int scan) {
        List<Seen> all = new ArrayList<>();
        for (String account : ACCOUNTS) {
            for (int control = 0; control < 4; control++) {
                for (int resource = 0; resource < 6; resource++) {
                    boolean fails = (resource + control + scan) % 3 == 0;
                    all.add(new Seen(account, fails, "control-" + control, "disk-" + resource));
                }
            }
        }
        return all;
    }

    /** One file per account, or one for all. */
    private List<Path> files(List<Seen> seen, Random random, boolean together) {
        List<Seen> shuffled = new ArrayList<>(seen);
        Collections.shuffle(shuffled, random);
        if (together) {
            return List.of(write(shuffled));
        }
        List<String> accounts = new ArrayList<>(ACCOUNTS);
        Collections.shuffle(accounts, random);
        return accounts.stream()
                .map(account -> write(shuffled.stream()
                        .filter(each -> each.account().equals(account))
                        .toList()))
                .toList();
    }

    private Path write(List<Seen> seen) {
        Scan scan = Scan.of();
        for (Seen each : seen) {
            scan.in(each.account());
            if (each.fails()) {
                scan.fails(each.control(), each.resource());
            } else {
                scan.passes(each.control(), each.resource());
            }
        }
        return scan.write(folder);
    }

    /** Correlation id to what people see. */
    private Map<String, List<String>> outcome(String groupBy, Random random, boolean together) throws Exception {
        Path own = Files.createTempDirectory(folder, "ledger");
        try (Bridge bridge = Bridge.in(own).with("flow.compliance.group-by", groupBy)) {
            for (int scan = 0; scan < 2; scan++) {
                bridge.importFile(files(world(scan), random, together).toArray(Path[]::new));
            }
            Map<String, List<String>> tickets = new TreeMap<>();
            bridge.tickets()
                    .forEach(ticket -> tickets.put(
                            ticket.get("correlation_id"),
                            List.of(
                                    ticket.get("short_description"),
                                    ticket.get("description"),
                                    ticket.get("state"),
                                    String.valueOf(bridge.notes(ticket).size()))));
            return tickets;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"control", "resource", "control,account"})
    void the_same_findings_in_any_order_and_in_any_files_make_the_same_tickets(String groupBy) throws Exception {
        Map<String, List<String>> first = outcome(groupBy, new Random(1), true);

        assertThat(first).isNotEmpty();
        assertThat(outcome(groupBy, new Random(2), true)).isEqualTo(first);
        assertThat(outcome(groupBy, new Random(3), false)).isEqualTo(first);
    }
}
