package io.ticketbridge.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.function.Predicate;

/** Which profiles are refused again and again (P18). */
public final class CircuitGauges implements MeterBinder {
    private final Predicate<String> isRefused;
    private final Collection<String> profiles;

    public CircuitGauges(Predicate<String> isRefused, Collection<String> profiles) {
        this.isRefused = isRefused;
        this.profiles = profiles;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String profile : profiles) {
            Gauge.builder("ticketbridge.circuit.open", isRefused, refused -> refused.test(profile) ? 1 : 0)
                    .description("Whether what a profile writes was refused again and again, and is held")
                    .tag("profile", profile)
                    // The registry alone keeps what is asked; without this it would be collected, and the gauge have no
                    // value.
                    .strongReference(true)
                    .register(registry);
        }
    }
}
