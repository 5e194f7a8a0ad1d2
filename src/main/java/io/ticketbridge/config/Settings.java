package io.ticketbridge.config;

import io.ticketbridge.ticket.Ticket;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All settings, checked. Immutable.
 *
 * @param logFormat how log lines are written
 * @param http where ticketbridge itself listens
 * @param network how what is neither source nor ServiceNow is reached: an address in a route of the user's own
 * @param kafka the topic that findings go through, where there is one
 * @param visionOne Vision One tenants by instance name
 * @param scc IBM SCC instances by instance name
 * @param api other APIs by instance name
 * @param workloadProtection IBM SCC Workload Protection instances by instance name
 * @param flows every flow by name, in order of names, those not enabled included; under {@link Requirement#LEDGER_ONLY} one
 *     without a source is left out
 * @param profiles every ticket profile by name
 * @param properties every key in effect with its value, defaults and secrets included, for {@code {{key}}} in routes: never
 *     to be logged
 * @param ownSecrets what an engineer's own keys and variables hold that are named like a secret; routes have the keys in
 *     {@code properties}
 * @param warnings what works and yet should be changed, a sentence each
 */
public record Settings(
        DatabaseSettings database,
        LogFormat logFormat,
        HttpSettings http,
        NetworkSettings network,
        KafkaSettings kafka,
        ServiceNowSettings serviceNow,
        Map<String, VisionOneSettings> visionOne,
        Map<String, SccSettings> scc,
        Map<String, ApiSettings> api,
        Map<String, WorkloadProtectionSettings> workloadProtection,
        Map<String, FlowSettings> flows,
        Map<String, ProfileSettings> profiles,
        Map<String, String> properties,
        List<Secret> ownSecrets,
        List<String> warnings) {

    public Settings {
        visionOne = Collections.unmodifiableMap(visionOne);
        scc = Collections.unmodifiableMap(scc);
        api = Collections.unmodifiableMap(api);
        workloadProtection = Collections.unmodifiableMap(workloadProtection);
        flows = Collections.unmodifiableMap(flows);
        profiles = Collections.unmodifiableMap(profiles);
        properties = Collections.unmodifiableMap(properties);
        ownSecrets = List.copyOf(ownSecrets);
        warnings = List.copyOf(warnings);
    }

    /** Whether tickets of a flow are written here: it is known and enabled. */
    public boolean delivers(String flow) {
        return flows.containsKey(flow)
                && flows.get(flow).enabled()
                && profiles.containsKey(flows.get(flow).profile());
    }

    /**
     * Reads and checks the settings.
     *
     * @throws SettingsException naming every problem if there is any
     */
    public static Settings load(Sources sources, Requirement requirement) {
        Problems problems = new Problems();
        Values values = new Values(Layers.read(sources, problems), problems);
        Map<String, FlowSettings> flows = new FlowBinding(values, sources.configFolder()).flows();
        if (requirement == Requirement.FLOWS) {
            new Completeness(values).check(flows);
            new Conflicts(values).check(flows);
        }
        List<Problem> found = problems.without(values.secrets());
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
        SystemBinding systems = new SystemBinding(values);
        ServiceNowSettings serviceNow = systems.serviceNow();
        return new Settings(
                systems.database(),
                values.get(SystemKeys.LOG_FORMAT),
                systems.http(),
                systems.network(),
                systems.kafka(),
                serviceNow,
                systems.visionOne(),
                systems.scc(),
                systems.api(),
                systems.workloadProtection(),
                flows,
                new ProfileBinding(values).profiles(),
                EffectiveProperties.of(values, serviceNow, flows),
                OwnSecrets.of(values.written(), sources.environment()),
                Warnings.of(values));
    }

    private static final Set<String> HANDED_TO_ROUTES = Set.of(Key.PREFIX + "scheduled", Key.PREFIX + "planned");

    /** Whether a key is a setting of ticketbridge, or one that it hands to routes itself. */
    public static boolean isSetting(String key) {
        return HANDED_TO_ROUTES.contains(key) || Keys.find(key).isPresent();
    }

    /** The setting that was probably meant by a key that is none. */
    public static String nearestSetting(String key) {
        return UnknownKey.nearestTo(key);
    }

    /** The word that was probably meant; empty if there are none. */
    public static String nearest(String written, Collection<String> words) {
        return Nearest.to(written, new TreeSet<>(words));
    }

    /** Reads and checks everything that the enabled flows need. */
    public static Settings load(Sources sources) {
        return load(sources, Requirement.FLOWS);
    }

    /** The profiles of enabled flows, and those that no flow names: these are there for routes to choose. */
    public List<ProfileSettings> profilesInUse() {
        Set<String> ofEnabled = new HashSet<>();
        Set<String> named = new HashSet<>();
        flows.values().forEach(flow -> {
            named.add(flow.profile());
            if (flow.enabled()) {
                ofEnabled.add(flow.profile());
            }
        });
        return profiles.values().stream()
                .filter(profile -> ofEnabled.contains(profile.name()) || !named.contains(profile.name()))
                .toList();
    }

    /**
     * By which a ticket that is there is read and written: its own profile, or its flow's where that is of the ticket's table or
     * its own is gone. It stays in its table, whatever table that profile has by now.
     */
    public ProfileSettings profileOf(Ticket ticket) {
        List<ProfileSettings> known = Stream.of(
                        ticket.profile(), flows.get(ticket.flow()).profile())
                .map(profiles::get)
                .filter(Objects::nonNull)
                .toList();
        return known.stream()
                .filter(profile -> profile.table().equals(ticket.table()))
                .findFirst()
                .orElseGet(() -> known.get(0).on(ticket.table()));
    }

    /** The same for a plan: with another ledger, and no rate budget to wait for (P29). */
    public Settings forPlan(DatabaseSettings copy) {
        return new Settings(
                copy,
                logFormat,
                http,
                network,
                kafka,
                serviceNow.unlimited(),
                visionOne,
                scc,
                api,
                workloadProtection,
                flows,
                profiles,
                properties,
                ownSecrets,
                warnings);
    }

    /** Leaves the properties out: secrets are among them. */
    @Override
    public String toString() {
        return "Settings[database=" + database + ", flows=" + flows.keySet() + ", profiles=" + profiles.keySet() + "]";
    }
}
