package io.ticketbridge.engine;

import io.ticketbridge.config.Baseline;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.deliver.SyncChoices;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.InstanceChecks;
import io.ticketbridge.deliver.text.AdoptQueries;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.ticket.SyncField;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the instance, before anything is sent to it, whether it can be used as the settings say. */
final class ServiceNowProbe {
    /** In the log, it is the engine that says what it found. */
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Settings settings;
    private final Passes passes;
    private final SyncChoices choices;

    ServiceNowProbe(Settings settings, Passes passes, SyncChoices choices) {
        this.settings = settings;
        this.passes = passes;
        this.choices = choices;
    }

    /** Asks each table in use a question that must find nothing: url, credentials and query rights at once (P16). */
    void probe() {
        Set<String> tables = new LinkedHashSet<>();
        settings.profilesInUse().forEach(profile -> tables.add(profile.table()));
        for (String table : tables) {
            Exchange answer = passes.send("probe-servicenow", table);
            if (answer.getException() != null) {
                throw new Failed("ServiceNow can't be used: " + sentence(table, answer.getException()));
            }
        }
        probeAdoptQueries();
        probeMaps();
    }

    /** Else each of their groups would wait for the setting to be corrected, and a command with them. */
    private void probeAdoptQueries() {
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.baseline() == Baseline.ADOPT)
                .map(flow -> settings.profiles().get(flow.profile()))
                .filter(profile -> !profile.adoptQuery().isEmpty())
                .distinct()
                .flatMap(profile -> AdoptQueries.mistrust(profile, this::ask).stream())
                .findFirst()
                .ifPresent(why -> {
                    throw new CannotStart(why + ": " + AdoptQueries.cure());
                });
    }

    /** Why a table can't be used; empty if it can. */
    Optional<String> probeFailure(String table) {
        return Optional.ofNullable(passes.send("probe-servicenow", table).getException())
                .map(error -> sentence(table, error));
    }

    /** @throws Failed if ServiceNow did not answer it */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> ask(ServiceNowCall call) {
        Exchange answer = passes.send("call-servicenow", call);
        if (answer.getException() != null) {
            throw new Failed(sentence(answer.getException()));
        }
        return answer.getMessage().getBody(List.class);
    }

    /** What the instance has for states without a map would be guessed at: it is named, and nothing starts (P23). */
    private void probeMaps() {
        SyncGaps gaps = mapGaps(settings.profiles().values());
        gaps.warnings().forEach(warning -> LOG.warn("{}", warning));
        if (!gaps.errors().isEmpty()) {
            throw new CannotStart(gaps.errors());
        }
    }

    /**
     * Of these profiles, as far as flows that are kept in step use them.
     *
     * @throws Failed if the instance does not say what it has
     */
    SyncGaps mapGaps(Collection<ProfileSettings> profiles) {
        Set<String> errors = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.syncBack())
                .filter(flow -> profiles.contains(settings.profiles().get(flow.profile())))
                .forEach(flow -> {
                    ProfileSettings profile = settings.profiles().get(flow.profile());
                    SyncGaps gaps = SyncGaps.ofInstance(
                            profile, profile.syncMaps().forSource(flow.source()), choices(profile.table()));
                    errors.addAll(gaps.errors());
                    warnings.addAll(gaps.warnings());
                });
        return new SyncGaps(List.copyOf(errors), List.copyOf(warnings));
    }

    private Map<SyncField, Map<String, String>> choices(String table) {
        try {
            return choices.ofInstance(table);
        } catch (NotNow e) {
            throw new Failed("ServiceNow can't be used: " + e.getMessage());
        }
    }

    /** Which role that is, nobody but whoever knows the table can say. */
    private String sentence(String table, Exception error) {
        String said = sentence(error);
        return String.valueOf(Causes.answer(error)).startsWith("403 ")
                ? said + ": " + InstanceChecks.neededFor(table) + " for " + table
                : said;
    }

    private String sentence(Exception error) {
        return new Masking(settings).masked(Causes.sentence(error));
    }
}
