package io.ticketbridge.deliver.state;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Questioning;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ticket.TicketFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were attached to records of these tables, of whatever record: attaching one does not change the record itself. ServiceNow
 * cuts a page to its limit before it leaves out what the user may not see, so that one without rows need not be the last. One thread
 * reads it.
 */
public final class FileLook implements Questioning {
    private static final Logger LOG = LoggerFactory.getLogger(FileLook.class);
    private static final int PAGE = 1000;

    /** So many that the user may not see are passed over, one behind the other. */
    private static final int MOST_HIDDEN = 200 * PAGE;

    private final String flow;
    private final List<String> tables;
    private final ReadingOrder order;
    private final Consumer<Map<String, List<String>>> found;
    private Instant begun;
    private boolean asked;
    private int hidden;
    private boolean over;

    /**
     * @param begun what our clock says
     * @param found hears of the files that people attached, by record
     */
    FileLook(String flow, List<String> tables, Instant from, Instant begun, Consumer<Map<String, List<String>>> found) {
        this.flow = flow;
        this.tables = List.copyOf(tables);
        this.order = new ReadingOrder("sys_attachment", "sys_created_on", from);
        this.begun = begun;
        this.found = found;
    }

    @Override
    public boolean isHasNext() {
        return !over;
    }

    String flow() {
        return flow;
    }

    /** By the clock that is behind: the next look may find a file twice, and misses none. */
    Instant begun() {
        return begun;
    }

    @Override
    public ServiceNowCall request() {
        return ServiceNowCall.attachments(order.next(EncodedQuery.whereIn("table_name", tables)), hidden, PAGE);
    }

    @Override
    public void accept(List<Map<String, Object>> rows) {
        AnsweredRows.carrying(rows, "table_name", tables::contains, "sys_attachment");
        order.read(rows);
        LastAnswer answer = LastAnswer.current();
        if (!asked) {
            asked = true;
            begun = answer.date().filter(theirs -> theirs.isBefore(begun)).orElse(begun);
        }
        hidden = rows.isEmpty() ? hidden + PAGE : 0;
        over = rows.isEmpty() && (!answer.hasNextPage() || isTooMuch());
        Map<String, List<String>> files = new HashMap<>();
        rows.stream().filter(row -> !isOwn(Row.text(row, "file_name"))).forEach(row -> files.computeIfAbsent(
                        Row.text(row, "table_sys_id"), record -> new ArrayList<>())
                .add(Row.text(row, "sys_id")));
        found.accept(files);
    }

    private boolean isTooMuch() {
        if (hidden < MOST_HIDDEN) {
            return false;
        }
        LOG.warn(
                "Too many files were attached that the user may not see; those attached since come with the next change of their"
                        + " tickets. flow={} hidden={}",
                flow,
                hidden);
        return true;
    }

    /** Whether a file's name is one that deliveries give: a cut text, a list of resources, a file that came from the case. */
    private static boolean isOwn(String name) {
        return name.contains(".tb-") || TicketFile.isOfDeliveries(name);
    }
}
