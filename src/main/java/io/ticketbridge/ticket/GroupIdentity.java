package io.ticketbridge.ticket;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one ticket covers: a resource, a control, a case or an alert, or another combination of immutable keys (P6).
 *
 * @param flow the flow's name
 * @param values the keys and their values, in the order of the flow's {@code group-by}
 * @param label for people, and no part of the identity
 * @param joined the control that others were joined into; null where none were. No part of the identity
 */
public record GroupIdentity(String flow, List<Map.Entry<String, String>> values, String label, Control joined) {
    public GroupIdentity {
        values = List.copyOf(values);
    }

    /** Of a control that is what it is at its source. */
    public GroupIdentity(String flow, List<Map.Entry<String, String>> values, String label) {
        this(flow, values, label, null);
    }

    /** Labelled by its values. */
    public GroupIdentity(String flow, List<Map.Entry<String, String>> values) {
        this(
                flow,
                values,
                String.join(
                        " ",
                        values.stream()
                                .map(Map.Entry::getValue)
                                .filter(value -> !value.isEmpty())
                                .toList()));
    }

    public UUID id() {
        List<String> parts = new ArrayList<>(List.of("group-1", flow));
        values.forEach(value -> {
            parts.add(value.getKey());
            parts.add(value.getValue());
        });
        return Digest.of(parts);
    }
}
