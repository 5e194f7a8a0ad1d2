package io.ticketbridge.deliver.state;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Questioning;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.AcceptanceReader;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads which of a flow's tickets were changed since the last look, in the order (sys_updated_on, sys_id), so that no row is
 * lost between pages, however many share one second (servicenow.md, section 2.1; P26).
 */
public final class ChangedTickets {
    private static final int PAGE = 1000;

    /** How far a look reaches back: a long transaction commits later than the time that it bears. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final Settings settings;
    private final AcceptanceReader acceptances;
    private final OpenTickets openTickets;
    private final Pairs pairs;
    private final Watermarks watermarks;
    private final Clock clock;
    private final MissingTickets missing;

    public ChangedTickets(
            Settings settings,
            OpenTickets openTickets,
            Pairs pairs,
            Watermarks watermarks,
            MissingTickets missing,
            Clock clock) {
        this.settings = settings;
        this.acceptances = new AcceptanceReader(settings, clock);
        this.openTickets = openTickets;
        this.pairs = pairs;
        this.watermarks = watermarks;
        this.clock = clock;
        this.missing = missing;
    }

    /** One look, page by page and table by table. One thread reads it. */
    public final class Look implements Questioning {
        private final List<TableLook> looks;
        private int at;

        private Look(String flow) {
            looks = tables(flow).stream()
                    .map(table -> new TableLook(flow, table))
                    .toList();
        }

        @Override
        public boolean isHasNext() {
            return at < looks.size();
        }

        @Override
        public ServiceNowCall request() {
            return looks.get(at).request();
        }

        /** Records what was seen. */
        @Override
        public void accept(List<Map<String, Object>> rows) {
            looks.get(at).accept(rows);
            if (looks.get(at).over) {
                at++;
            }
        }
    }

    private final class TableLook {
        private final String flow;
        private final String table;
        private final ReadingOrder order;
        private EmptyLook doubted;
        private boolean over;

        private TableLook(String flow, String table) {
            this.flow = flow;
            this.table = table;
            Instant from = watermarks
                    .of(key(flow, table))
                    .map(time -> Instant.parse(time).minus(OVERLAP))
                    .orElse(Instant.EPOCH);
            this.order = new ReadingOrder(table, "sys_updated_on", from);
        }

        private ServiceNowCall request() {
            if (doubted != null) {
                return doubted.request();
            }
            return acceptances.find(
                    table,
                    order.next(EncodedQuery.where("correlation_display", Ticket.display(flow))),
                    Row.STATE_COLUMNS + ",sys_updated_on,correlation_display",
                    PAGE);
        }

        /** Only an empty page is the last: rows that the user may not see count, too. */
        private void accept(List<Map<String, Object>> rows) {
            if (doubted != null) {
                doubted.deleted(rows, missing).forEach(pairs::stir);
                over = true;
                return;
            }
            AnsweredRows.carrying(rows, "correlation_display", Ticket.display(flow)::equals, table);
            order.read(rows);
            seen(flow, table, rows);
            if (rows.isEmpty()) {
                doubt();
                over = doubted == null;
            }
        }

        /** What was changed last is found again, so no row at all is no answer yet; nor is one that counts more than it shows. */
        private void doubt() {
            if (order.isBegun() && LastAnswer.current().hidden(0) == 0) {
                return;
            }
            List<Ticket> there = openTickets.of(flow).stream()
                    .filter(ticket -> ticket.table().equals(table))
                    .toList();
            if (!there.isEmpty()) {
                doubted = new EmptyLook(there, order.isBegun() ? null : order.from());
            }
        }
    }

    /** What was attached before the first look comes with the ticket's first change. */
    public FileLook files(String flow) {
        Instant since = watermarks.of(fileKey(flow)).map(Instant::parse).orElseGet(clock::instant);
        return new FileLook(flow, tables(flow), since.minus(OVERLAP), clock.instant(), files -> attached(flow, files));
    }

    private void attached(String flow, Map<String, List<String>> files) {
        openTickets.latest(flow, files.keySet()).stream()
                .filter(ticket -> !pairs.hasCarried(ticket, files.get(ticket.sysId())))
                .forEach(pairs::stir);
    }

    /** The next look begins where this one began: what nobody may see leaves no row to begin at. */
    public void endFiles(FileLook look) {
        watermarks.move(fileKey(look.flow()), look.begun().toString());
    }

    private static String fileKey(String flow) {
        return flow + "/files";
    }

    public Look look(String flow) {
        return new Look(flow);
    }

    /** All pages are read, and what they showed is in the ledger: the next look begins where this one ended (P1). */
    public void end(Look look) {
        look.looks.stream()
                .filter(of -> of.order.isBegun())
                .forEach(of ->
                        watermarks.move(key(of.flow, of.table), of.order.time().toString()));
    }

    /** Its profile's, and those in which it has tickets of before. */
    private List<String> tables(String flow) {
        return Stream.concat(Stream.of(table(flow)), openTickets.tables(flow).stream())
                .distinct()
                .toList();
    }

    private String table(String flow) {
        return settings.profiles().get(settings.flows().get(flow).profile()).table();
    }

    private String key(String flow, String table) {
        return flow + "/tickets" + (table.equals(table(flow)) ? "" : "/" + table);
    }

    private void seen(String flow, String table, List<Map<String, Object>> rows) {
        Map<String, Map<String, Object>> bySysId = new HashMap<>();
        rows.forEach(row -> bySysId.put(Row.text(row, "sys_id"), row));
        Threshold threshold = new Threshold(settings, flow);
        for (Ticket ticket : openTickets.latest(flow, bySysId.keySet())) {
            Map<String, Object> row = bySysId.get(ticket.sysId());
            Seen seen = Row.seen(table, row);
            boolean reached = threshold.hasReached(table, seen, Row.isActive(table, row));
            pairs.seen(ticket, Row.mark(row));
            // After its mark: one that was taken for deleted is looked at, whatever both last agreed on.
            openTickets.seen(ticket, seen, reached, acceptances.of(ticket, row));
        }
    }
}
