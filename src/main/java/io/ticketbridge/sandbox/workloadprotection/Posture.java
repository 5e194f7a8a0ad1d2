package io.ticketbridge.sandbox.workloadprotection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The posture as it is now: what exists, what fails, what is accepted, and which policy looks where. Safe for many threads. */
final class Posture {
    static final String SOMEBODY = "beth.anglin@example.com";

    private final Catalogue catalogue;
    private final PostureEstate estate;
    private final Clock clock;
    private final Map<String, List<SimulatedResource>> resources;
    private final Set<List<String>> failing = new HashSet<>();
    private final Map<List<String>, SimulatedAcceptance> acceptances = new HashMap<>();
    private final Map<String, List<String>> zonesOfPolicies = new LinkedHashMap<>();

    Posture(Catalogue catalogue, PostureEstate estate, Clock clock) {
        this.catalogue = catalogue;
        this.estate = estate;
        this.clock = clock;
        this.resources = estate.resources(catalogue);
        catalogue.policies().forEach(policy -> zonesOfPolicies.put(policy.id(), new ArrayList<>(policy.zones())));
        catalogue.controls().forEach(this::spoil);
    }

    private void spoil(Catalogue.Control control) {
        List<SimulatedResource> spoilt =
                estate.some(resources.get(control.kind()), control.failing() + control.accepted());
        int accepted = Math.min(control.accepted(), Math.max(0, spoilt.size() - 1));
        for (int i = 0; i < spoilt.size(); i++) {
            failing.add(key(control.id(), spoilt.get(i).hash()));
            if (i < accepted) {
                accept(control.id(), spoilt.get(i).hash(), Optional.empty());
            }
        }
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The zones that a policy is applied to now. */
    synchronized List<Catalogue.Zone> zonesOf(Catalogue.Policy policy) {
        return zonesOfPolicies.get(policy.id()).stream().map(catalogue::zone).toList();
    }

    synchronized void unassign(String policy, String zone) {
        if (!zonesOfPolicies.get(policy).remove(zone)) {
            throw new IllegalArgumentException("Policy " + policy + " is not applied to zone " + zone);
        }
    }

    synchronized List<Checked> all(Catalogue.Control control) {
        return resources.get(control.kind()).stream()
                .map(resource -> checked(control.id(), resource))
                .toList();
    }

    List<Checked> in(Catalogue.Control control, Catalogue.Zone zone) {
        return all(control).stream()
                .filter(checked -> zone.has(checked.resource()))
                .toList();
    }

    private Checked checked(String control, SimulatedResource resource) {
        List<String> key = key(control, resource.hash());
        return new Checked(
                control,
                resource,
                !failing.contains(key),
                Optional.ofNullable(acceptances.get(key)).filter(acceptance -> acceptance.holdsAt(clock.instant())));
    }

    synchronized void set(String control, String hash, boolean passes) {
        require(control, hash);
        if (passes) {
            failing.remove(key(control, hash));
        } else {
            failing.add(key(control, hash));
        }
    }

    synchronized void accept(String control, String hash, Optional<Instant> until) {
        require(control, hash);
        acceptances.put(key(control, hash), new SimulatedAcceptance(SOMEBODY, "Risk Owned", clock.instant(), until));
    }

    synchronized void revoke(String control, String hash) {
        if (acceptances.remove(key(control, hash)) == null) {
            throw new IllegalArgumentException("Nobody has accepted " + hash + " under control " + control);
        }
    }

    /** Another resource stands in its place, on which the control passes; what others say of it stays. */
    synchronized SimulatedResource replace(String control, String hash) {
        SimulatedResource old = require(control, hash);
        SimulatedResource next = new SimulatedResource(
                estate.hex(16), old.name() + "-r", old.kind(), old.type(), old.account(), old.location());
        resources.get(old.kind()).replaceAll(each -> each.equals(old) ? next : each);
        for (Catalogue.Control each : catalogue.controls()) {
            if (failing.remove(key(each.id(), hash)) && !each.id().equals(control)) {
                failing.add(key(each.id(), next.hash()));
            }
        }
        return next;
    }

    private SimulatedResource require(String control, String hash) {
        return resources.get(catalogue.control(control).kind()).stream()
                .filter(resource -> resource.hash().equals(hash))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Control " + control + " does not look at " + hash));
    }

    private static List<String> key(String control, String hash) {
        return List.of(control, hash);
    }
}
