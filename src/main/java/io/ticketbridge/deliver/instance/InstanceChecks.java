package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.deliver.text.AdoptQueries;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Asks an instance whether it has what the profiles write, and its user the rights (P30; servicenow.md, section 4). Reads only. */
public final class InstanceChecks {
    static final String SYSTEM = "servicenow";
    /** So many tickets tell whether the user sees them. */
    private static final int NEWEST = 100;

    private final Function<ServiceNowCall, List<Map<String, Object>>> ask;
    private final InstanceUser user;
    private final InstanceColumns columns;
    private final InstancePeople people;

    /** @param ask sends a call that reads; throws if it failed */
    public InstanceChecks(ServiceNowSettings serviceNow, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        this.ask = ask;
        this.user = new InstanceUser(serviceNow, ask);
        this.columns = new InstanceColumns(serviceNow, ask);
        this.people = new InstancePeople(serviceNow, ask);
    }

    /** The role that the integration's user needs for a table. */
    public static String neededFor(String table) {
        return InstanceUser.needed(table);
    }

    /** The integration's user, and its roles for the tables. */
    public List<Checked> user(Set<String> tables) {
        return user.of(tables);
    }

    /** Whether the groups and people that the profiles name are there. */
    public List<Checked> people(Collection<ProfileSettings> profiles) {
        return people.of(profiles);
    }

    /** Whether the user sees the tickets that are there: without the right to read them ServiceNow answers as if there were none. */
    public Checked sight(String table) {
        String what = "tickets in " + table;
        try {
            int shown = ask.apply(ServiceNowCall.find(
                            table,
                            "correlation_idSTARTSWITH" + Ticket.CORRELATION + "^ORDERBYDESCsys_created_on",
                            "sys_id",
                            NEWEST))
                    .size();
            // The limit cuts before the access rules do.
            int counted = Math.min(LastAnswer.current().hidden(0), NEWEST);
            if (shown >= counted) {
                return Checked.ok(SYSTEM, what, "those that are there can be read");
            }
            String cure = InstanceUser.readAccess(table);
            return shown == 0
                    ? Checked.problem(SYSTEM, what, "ServiceNow shows none of those that are there", cure)
                    : Checked.warning(
                            SYSTEM, what, "ServiceNow hides " + (counted - shown) + " of the newest " + counted, cure);
        } catch (RuntimeException e) {
            return unreadable(what, table, e);
        }
    }

    /**
     * Whether the columns that a profile writes are there, its mandatory ones are written, and its choices are known.
     *
     * @param flows those whose tickets are of the profile
     */
    public List<Checked> profile(ProfileSettings profile, Collection<FlowSettings> flows) {
        List<Checked> checked = new ArrayList<>(columns.of(profile, flows));
        if (!profile.adoptQuery().isEmpty()) {
            checked.add(adoptQuery(profile));
        }
        return checked;
    }

    /** Whether the query by which a group's record is adopted asks for anything. */
    private Checked adoptQuery(ProfileSettings profile) {
        String what = "adopt-query of profile " + profile.name();
        try {
            return AdoptQueries.mistrust(profile, ask)
                    .map(why -> Checked.problem(SYSTEM, what, why, AdoptQueries.cure()))
                    .orElseGet(() -> Checked.ok(SYSTEM, what, "finds nothing for values that no record has"));
        } catch (RuntimeException e) {
            return unreadable(what, profile.table(), e);
        }
    }

    /** One that could not be made is no fault of the instance. */
    static Checked unreadable(String name, String table, RuntimeException e) {
        return Checked.unchecked(
                SYSTEM,
                name,
                "could not be asked: " + PlainText.cut(PlainText.oneLine(String.valueOf(e.getMessage())), 200),
                "let the integration's user read " + table);
    }
}
