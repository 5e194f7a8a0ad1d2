package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.ledger.ticket.TicketInstance;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From trial to production: tickets of one ServiceNow instance are not looked for in another, where they would be taken for deleted. */
class OneInstanceTest {
    @TempDir
    private Path folder;

    private static CommandRun run(Bridge bridge, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", bridge.config().toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void a_ledger_with_tickets_is_refused_with_another_instance_and_goes_on_with_the_same_at_another_address() {
        try (Bridge bridge = Bridge.in(folder)) {
            Path scan = Scan.of().fails("encryption", "disk-1").write(folder);
            bridge.importFile(scan);
            bridge.restart();
            String there = bridge.serviceNow().url();
            // The same simulator by another name: it stands for any instance that is not known to be the same.
            String elsewhere = there.replace("127.0.0.1", "localhost");
            bridge.with("servicenow.url", elsewhere).listen();

            for (String[] command : List.of(
                    new String[] {"run", "--once"},
                    new String[] {"plan"},
                    new String[] {"import", scan.toString()},
                    new String[] {"replay", "--all"})) {
                CommandRun refused = run(bridge, command);
                assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
                assertThat(refused.messages())
                        .singleElement()
                        .asString()
                        .contains(
                                "The ledger's tickets are in " + there.substring("http://".length()),
                                "ticketbridge.servicenow.url names " + elsewhere.substring("http://".length()),
                                "begin with an empty ledger",
                                "set ticketbridge.servicenow.former-url");
            }
            assertThat(bridge.serviceNow().requests().all()).isEmpty();
            CommandRun check = run(bridge, "check");
            assertThat(check.exit()).isEqualTo(1);
            assertThat(check.out()).containsPattern("problem +instance: The ledger's tickets are in ");
            assertThat(run(bridge, "status").exit()).isZero();

            bridge.with("servicenow.former-url", there);
            assertThat(run(bridge, "import", scan.toString()).exit()).isZero();
            assertThat(bridge.tickets()).hasSize(1);

            bridge.with("servicenow.former-url", null).with("servicenow.url", there);
            assertThat(run(bridge, "import", scan.toString()).exit()).isEqualTo(2);
        }
    }

    /** Another replica, say, of a rolling update that changes the URL before there is any ticket. */
    @Test
    void who_is_at_work_reads_and_delivers_nothing_once_another_began_elsewhere() {
        try (Bridge bridge = Bridge.in(folder)) {
            Engine engine = bridge.engine();
            String there = bridge.serviceNow().url().substring("http://".length());
            TicketInstance elsewhere =
                    new TicketInstance(engine.database(), "elsewhere.example.com", Clock.systemUTC());
            assertThat(elsewhere.begin("")).isEmpty();
            bridge.listen();

            assertThatThrownBy(() -> engine.pass(Bridge.CASES))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("The ledger's tickets are in ")
                    .hasMessageContaining("ticketbridge.servicenow.url names " + there);
            engine.importFiles(
                    Bridge.COMPLIANCE,
                    List.of(Scan.of()
                            .fails("encryption", "disk-1")
                            .write(folder)
                            .toFile()));

            assertThat(engine.owing().groups()).isEqualTo(1);
            assertThat(bridge.serviceNow().requests().all()).isEmpty();

            assertThat(new TicketInstance(engine.database(), there, Clock.systemUTC()).begin(""))
                    .isEmpty();
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().size() == 1);
        }
    }
}
