package io.ticketbridge.check;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.fault.Checked;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Whether a ServiceNow instance answers at all: asked for a page that needs no credential. */
public final class InstanceReach {
    private final Reach reach;

    public InstanceReach(NetworkSettings network, Clock clock) {
        this.reach = new Reach(network, clock);
    }

    public List<Checked> of(URI instance) {
        List<Checked> found = new ArrayList<>();
        reach.get(
                "servicenow", "ticketbridge.servicenow.url", HttpRequest.newBuilder(URI.create(instance + "/")), found);
        return found;
    }
}
