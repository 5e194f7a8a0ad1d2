package io.ticketbridge.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.servicenow.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would leave a test green that shows nothing. */
class BridgeTest {
    @TempDir
    private Path folder;

    @Test
    void a_fault_that_no_request_meets_fails_its_test() {
        Bridge bridge = Bridge.in(folder);
        bridge.serviceNow().faults().next(1, Fault.status(503));
        bridge.visionOne().faults().always(path -> true, HttpFault.refused().named("refused"));
        bridge.visionOne().faults().clear();

        assertThatThrownBy(bridge::close).hasMessageContaining("1. status-503").hasMessageContaining("1. refused");

        bridge.faultsMayWait().close();
    }

    @Test
    void a_setting_of_a_profile_that_no_flow_names_fails_its_test() {
        try (Bridge bridge = Bridge.in(folder).with("profile.incident.table", "problem")) {
            assertThatThrownBy(bridge::engine).hasMessageContaining("profiles, of which a flow names each");
        }
    }

    @Test
    void short_waits_are_no_routes_of_ones_own() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits().with("profile.incident.table", "problem")) {
            assertThatThrownBy(bridge::engine).hasMessageContaining("profiles, of which a flow names each");
        }
    }
}
