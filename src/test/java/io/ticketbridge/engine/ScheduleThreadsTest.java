package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.schedule.Schedulers;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A pass holds a thread to its end: a flow whose source is slow, or away, keeps no other from its time. */
class ScheduleThreadsTest {
    @Test
    void each_flow_has_a_thread_for_its_passes_and_one_to_compare_both_sides() throws Exception {
        Map<String, String> settings = new TreeMap<>();
        settings.put("ticketbridge.servicenow.url", "http://127.0.0.1:1");
        settings.put("ticketbridge.servicenow.client-id", "id");
        settings.put("ticketbridge.servicenow.client-secret", "secret");
        settings.put("ticketbridge.profile.tickets.table", "incident");
        settings.put("ticketbridge.vision-one.url", "http://127.0.0.1:1");
        settings.put("ticketbridge.vision-one.token", "token");
        settings.put("ticketbridge.flow.cases.source", "vision-one-cases");
        settings.put("ticketbridge.flow.cases.sync-back", "true");
        settings.put("ticketbridge.flow.cases.profile", "tickets");
        for (int flow = 1; flow <= 20; flow++) {
            settings.put("ticketbridge.flow.f" + flow + ".source", "files");
            settings.put("ticketbridge.flow.f" + flow + ".folder", "scans" + flow);
            settings.put("ticketbridge.flow.f" + flow + ".profile", "tickets");
        }
        settings.put("ticketbridge.flow.f20.enabled", "false");
        int passes = FlowRoutes.passes(Settings.load(Sources.only(settings)));
        assertThat(passes).isEqualTo(19 + 2);

        assertThat(threads(passes)).isEqualTo(19 + 2 + 5);
        assertThat(threads(1)).isEqualTo(10);
    }

    private static int threads(int passes) throws Exception {
        try (LedgerDatabase memory = FreshDatabase.H2.open();
                DefaultCamelContext context = new DefaultCamelContext()) {
            Schedulers.install(context, memory, "threads-of-" + passes, true, passes);
            context.start();
            return context.getComponent("quartz", QuartzComponent.class)
                    .getScheduler()
                    .getMetaData()
                    .getThreadPoolSize();
        }
    }
}
