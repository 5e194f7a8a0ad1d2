package io.ticketbridge.deliver.sweep;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.deliver.sweep.SweepLook.Found;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ledger.ticket.StrayRecords.Stray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds records of ours that are there twice: ServiceNow checks no token, so what a sender that was paused or died had under
 * way may have been committed after it was looked up (P15). The one that the ledger knows counts, else the oldest. A record that
 * somebody else made is a copy of a ticket, as *Insert and Stay* makes it, and a person's own: it is only reported.
 */
public final class Sweep {
    /** How the correlation id of a record ends that another one stands for. */
    public static final String DUPLICATE = "-duplicate";

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Settings settings;
    private final StrayRecords strays;
    private final TicketStates states;

    public Sweep(Settings settings, StrayRecords strays, TicketStates states) {
        this.settings = settings;
        this.states = states;
        this.strays = strays;
    }

    /** What is to be merged into what. */
    public record Duplicate(
            Stray stray,
            FlowSettings flow,
            ProfileSettings profile,
            String keptSysId,
            String keptNumber,
            boolean open,
            String createdBy) {}

    /** A look over each table of each enabled flow. */
    public List<SweepLook> looks() {
        List<SweepLook> looks = new ArrayList<>();
        settings.flows().values().stream().filter(FlowSettings::enabled).forEach(flow -> {
            TreeSet<String> tables = new TreeSet<>(strays.tables(flow.name()));
            tables.add(settings.profiles().get(flow.profile()).table());
            tables.forEach(table -> looks.add(new SweepLook(settings, flow, table, strays, states)));
        });
        return looks;
    }

    /** What is to be merged. What nobody knows is only reported: a person may want to adopt it (P13). */
    public List<Duplicate> found(SweepLook look) {
        List<Duplicate> found = new ArrayList<>(look.duplicates());
        Map<String, String> makers = new HashMap<>(look.makers());
        List<String> news = new ArrayList<>();
        look.unknown().values().forEach(records -> {
            records.sort(Comparator.comparing(Found::createdOn)
                    .thenComparing(record -> record.stray().sysId()));
            Stray kept = records.get(0).stray();
            makers.put(kept.sysId(), records.get(0).createdBy());
            // A closed one asks nothing of anybody: the next look would forget it, and report it anew.
            if (records.get(0).open() && strays.unknown(kept)) {
                news.add(kept.number());
            }
            records.stream()
                    .skip(1)
                    .filter(Found::open)
                    .forEach(record -> found.add(look.duplicate(null, record, kept.sysId(), kept.number())));
        });
        if (!news.isEmpty()) {
            LOG.warn(
                    "Records of ours that the ledger does not know; a flow with baseline=adopt takes them over. flow={} table={} records={} first={}",
                    look.flow().name(),
                    look.table(),
                    news.size(),
                    news.get(0));
        }
        found.removeIf(duplicate -> isCopy(duplicate, makers.getOrDefault(duplicate.keptSysId(), "")));
        return found;
    }

    /** Whether it was not made by who made the record that stays; who made it must be known to close it. */
    private boolean isCopy(Duplicate duplicate, String maker) {
        if (!maker.isEmpty() && maker.equals(duplicate.createdBy())) {
            return false;
        }
        if (duplicate.open() && strays.unknown(duplicate.stray())) {
            LOG.warn(
                    "Somebody copied a ticket together with its correlation id; it is left alone. Empty correlation_id and"
                            + " correlation_display of the copy. number={} copied={} by={} flow={}",
                    duplicate.stray().number(),
                    duplicate.keptNumber(),
                    PlainText.cut(PlainText.oneLine(duplicate.createdBy()), 100),
                    duplicate.flow().name());
        }
        return true;
    }

    /** Whether it is ours to merge: written down first, so that two replicas do not both do it. */
    public boolean begin(Duplicate duplicate) {
        return strays.begin(duplicate.stray(), duplicate.keptNumber());
    }

    public void merged(Duplicate duplicate, Map<String, Object> answer) {
        boolean over = Row.seen(duplicate.stray().table(), answer).phase().isOver();
        strays.ended(duplicate.stray(), over ? "merged" : "linked");
        LOG.warn(
                "A record was there twice{}. number={} kept={} flow={}",
                over ? "; it was closed" : "; it could not be closed and only names the other: close it by hand",
                duplicate.stray().number(),
                duplicate.keptNumber(),
                duplicate.flow().name());
    }

    /** The next sweep finds it again. */
    public void failed(Duplicate duplicate, Throwable error) {
        LOG.warn(
                "A record is there twice and could not be closed; the next sweep tries again. number={} kept={} flow={} cause=\"{}\"",
                duplicate.stray().number(),
                duplicate.keptNumber(),
                duplicate.flow().name(),
                Causes.sentence(error));
    }
}
