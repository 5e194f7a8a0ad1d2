package io.ticketbridge.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.function.Predicate;

/** Which profiles' circuits are open (P18). */
public final class CircuitGauges implements MeterBinder {
    private final Predicate<String> isOpen;
    private final Collection<String> profiles;

    public CircuitGauges(Predicate<String> isOpen, Collection<String> profiles) {
        this.isOpen = isOpen;
        this.profiles = profiles;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String profile : profiles) {
            Gauge.builder("ticketbridge.circuit.open", isOpen, open -> open.test(profile) ? 1 : 0)
                    .description("Whether what a profile writes was refused again and again, and is held")
                    .tag("profile", profile)
                    .register(registry);
        }
    }
}
