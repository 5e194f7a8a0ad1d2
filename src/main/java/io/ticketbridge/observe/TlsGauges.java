package io.ticketbridge.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Settings;
import java.util.Map;
import java.util.TreeMap;

/** Which systems are called without a look at their certificates: a switch for trying that must not be forgotten (P39). */
public final class TlsGauges implements MeterBinder {
    private final Map<String, NetworkSettings> systems = new TreeMap<>();

    public TlsGauges(Settings settings) {
        systems.put("servicenow", settings.serviceNow().network());
        settings.visionOne().forEach((name, tenant) -> systems.put("vision-one." + name, tenant.network()));
        settings.scc().forEach((name, instance) -> systems.put("scc." + name, instance.network()));
        settings.workloadProtection()
                .forEach((name, instance) -> systems.put("workload-protection." + name, instance.network()));
        settings.api().forEach((name, api) -> systems.put("api." + name, api.network()));
        if (settings.kafka().isOn()) {
            systems.put("kafka", settings.kafka().network());
        }
        // What routes of the user's own call.
        systems.put("network", settings.network());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        systems.forEach(
                (system, network) -> Gauge.builder("ticketbridge.tls.unverified", () -> network.tlsVerify() ? 0 : 1)
                        .description("Whether certificates and host names are not checked")
                        .tag("system", system)
                        .register(registry));
    }
}
