package io.ticketbridge.deliver.text;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.NotTold;
import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The profiles' own queries for a record that a group has already (P13). What they put in is data and always there (P38), and one
 * that finds something whatever it asks for is not used: ServiceNow drops a condition that it does not understand, or that the
 * user may not ask for, and answers with everybody's records (P16). Thread-safe.
 */
public final class AdoptQueries {
    /** Of more it can't be told which is meant. */
    public static final int MOST = 10;

    private static final Pattern PLACE = Pattern.compile("\\$\\{[^{}]*}");
    private static final Duration REST = Duration.ofMinutes(1);

    private final Templates templates;
    private final Questions questions;
    private final Clock clock;
    private final Set<String> trusted = ConcurrentHashMap.newKeySet();
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(String why, Instant until) {}

    public AdoptQueries(Templates templates, Questions questions, Clock clock) {
        this.templates = templates;
        this.questions = questions;
        this.clock = clock;
    }

    /**
     * The call that finds the group's record, one more than {@link #MOST} of them at most.
     *
     * @throws UnusableValue if a value is not there, or would add a condition of its own
     * @throws WrongAnswer if the query finds records whatever it asks for
     */
    public ServiceNowCall of(ProfileSettings profile, TicketText text) {
        String query = filled(profile, place -> value(profile, place, templates.text(place, text)));
        requireTrusted(profile);
        return ServiceNowCall.find(profile.table(), query, Row.STATE_COLUMNS, MOST + 1);
    }

    /**
     * Asks the same question for values that no record has.
     *
     * @param ask asks ServiceNow
     * @return why the profile's query is not used; empty if it finds nothing
     */
    public static Optional<String> mistrust(
            ProfileSettings profile, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        String nothing = "ticketbridge-probe-" + UUID.randomUUID();
        return ask.apply(ServiceNowCall.find(profile.table(), filled(profile, place -> nothing), "sys_id", 1))
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(
                        property(profile) + " finds records of " + profile.table() + " for values that no record has");
    }

    static String property(ProfileSettings profile) {
        return "ticketbridge.profile." + profile.name() + ".adopt-query";
    }

    /** What it puts in, as it stands there. */
    static List<String> places(ProfileSettings profile) {
        return PLACE.matcher(profile.adoptQuery())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    public static String cure() {
        return "correct its columns, let it ask for something of the group, and let the integration's user read them";
    }

    /** Asked once of each profile; where it is not, once a minute, for each of its groups would ask. */
    private void requireTrusted(ProfileSettings profile) {
        String name = profile.name();
        if (trusted.contains(name)) {
            return;
        }
        Refused last = refused.get(name);
        if (last == null || !clock.instant().isBefore(last.until())) {
            Optional<String> why = mistrust(profile);
            if (why.isEmpty()) {
                trusted.add(name);
                return;
            }
            last = new Refused(why.get(), clock.instant().plus(REST));
            refused.put(name, last);
        }
        throw new WrongAnswer(last.why() + ": nothing is adopted and no ticket opened; " + cure());
    }

    private Optional<String> mistrust(ProfileSettings profile) {
        try {
            return mistrust(profile, questions::rows);
        } catch (NotTold e) {
            // The question itself is refused as well, and sorted as what it is.
            return Optional.empty();
        }
    }

    private static String filled(ProfileSettings profile, UnaryOperator<String> value) {
        return PLACE.matcher(profile.adoptQuery())
                .replaceAll(place -> Matcher.quoteReplacement(value.apply(place.group())));
    }

    private static String value(ProfileSettings profile, String place, String value) {
        if (value.isBlank()) {
            throw new UnusableValue(property(profile) + ": " + place
                    + " is empty for this group, and a query without a value finds records of others; use what every"
                    + " group has, such as ${body.key}");
        }
        if (!EncodedQuery.isUsable(value)) {
            throw new UnusableValue(property(profile)
                    + ": " + place
                    + " of this group holds ^ or control characters, or begins with javascript:, and can't"
                    + " stand in a query; use ${body.key} or another column");
        }
        return value;
    }
}
