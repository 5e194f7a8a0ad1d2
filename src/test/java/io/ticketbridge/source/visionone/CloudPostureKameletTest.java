package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.kamelets.KameletWorld;
import io.ticketbridge.kamelets.ReadBack;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.SimulatedCheck;
import io.ticketbridge.sandbox.visionone.SimulatedPosture;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cloud Posture, read by the Kamelet and taken in as files are, and read by the built-in source. */
class CloudPostureKameletTest {
    @Test
    void both_ways_give_the_same_findings() {
        try (VisionOneSimulator visionOne = VisionOneSimulator.start(Options.defaults());
                KameletWorld world = new KameletWorld()) {
            SimulatedPosture posture = visionOne.cloudPosture();
            posture.suppress(posture.open().get(0).id(), "muted", null);
            posture.update(posture.open().get(1).id(), Map.of("notScored", true));
            posture.fix(posture.open().get(2).id());

            world.read(KameletWorld.kamelet(
                    "trend-vision-one-cloud-posture-source",
                    Map.of("url", visionOne.url(), "token", visionOne.token(), "period", "3600000")));
            Map<Object, Finding> read = ReadBack.findings(
                            world.await(posture.accounts().size()))
                    .stream()
                    .collect(Collectors.toMap(Finding::id, Function.identity()));

            List<Finding> builtIn = posture.checks().stream()
                    .map(CloudPostureKameletTest::builtIn)
                    .toList();
            assertThat(read).hasSize(builtIn.size());
            for (Finding expected : builtIn) {
                assertThat(read.get(expected.id()))
                        .usingRecursiveComparison()
                        // The account's name is on its own page; standards are an attribute there, controls here.
                        .ignoringFields("attributes", "controls", "message")
                        .isEqualTo(expected);
                assertThat(read.get(expected.id()).message()).startsWith(expected.message());
            }
        }
    }

    private static Finding builtIn(SimulatedCheck check) {
        PostureAccount account = new PostureAccount(check.accountId(), "", "");
        return (Finding)
                CheckNormaliser.finding(new AccountScan(account, account.scope("default"), null), check.json());
    }
}
