package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.call.TicketColumns;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.deliver.state.MissingTickets;
import io.ticketbridge.deliver.state.MovedRecords;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFile;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a ticket with its journal and its files, as it is now. */
public final class TicketReader {
    /** The most entries of a journal and files that are read; a ticket with more is refused by name, not cut. */
    private static final int MOST = 10_000;

    /** So long a name its column holds; ServiceNow cuts a longer one without a word. */
    private static final int LONGEST_NAME = 100;

    /** With its dot; what is longer is no ending. */
    private static final int LONGEST_ENDING = 20;

    /** A moment, so that a record that moves to and fro keeps nobody busy. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Groups groups;
    private final MovedRecords moved;

    public TicketReader(Groups groups, MovedRecords moved) {
        this.groups = groups;
        this.moved = moved;
    }

    public ServiceNowCall record(Delivery delivery) {
        groups.keep(delivery.claimed());
        Ticket ticket = delivery.ticket();
        return ServiceNowCall.findBoth(
                ticket.table(), EncodedQuery.where("sys_id", ticket.sysId()), TicketColumns.all(ticket.table()), 2);
    }

    /**
     * An answer of no rows may be one that ServiceNow does not show to our user, or the record is in another table by now: that is no
     * ticket that is gone.
     */
    public void requireShown(Delivery delivery, List<Map<String, Object>> records) {
        Ticket ticket = delivery.ticket();
        MissingTickets.requireNoneHidden(records, ticket.number(), ticket.table());
        if (records.isEmpty() && !moved.follow(List.of(ticket)).isEmpty()) {
            throw new NotNow(ticket.number() + " is in another table now, where it is read next", AT_ONCE);
        }
    }

    public ServiceNowCall journal(Delivery delivery) {
        return ServiceNowCall.find(
                "sys_journal_field",
                EncodedQuery.where("element_id", delivery.ticket().sysId())
                        .in("element", List.of("work_notes", "comments"))
                        .orderBy("sys_created_on")
                        .orderBy("sys_id"),
                "sys_id,element,element_id,value,sys_created_on,sys_created_by",
                MOST);
    }

    /** The journal of a user who may not read its table: then what the record shows is read. */
    public List<Map<String, Object>> nothing() {
        return List.of();
    }

    /** Asked right after the journal: whether ServiceNow showed all that it counted. */
    public boolean isWhole(List<Map<String, Object>> journal) {
        return String.valueOf(journal.size()).equals(LastAnswer.current().header("X-Total-Count"));
    }

    public ServiceNowCall files(Delivery delivery) {
        groups.keep(delivery.claimed());
        return ServiceNowCall.attachments(
                EncodedQuery.where("table_sys_id", delivery.ticket().sysId()));
    }

    public ServiceNowCall content(Delivery delivery, TicketFile file) {
        groups.keep(delivery.claimed());
        return ServiceNowCall.content(file.sysId());
    }

    /** Attaches a file of the case, under a name that bears its reference. */
    public ServiceNowCall upload(Delivery delivery, Sourced.SourceFile file, byte[] content) {
        groups.keep(delivery.claimed());
        Ticket ticket = delivery.ticket();
        String reference = References.of(ticket.groupId(), ticket.generation(), file.id());
        return ServiceNowCall.uploadBytes(ticket.table(), ticket.sysId(), marked(file.name(), reference), content);
    }

    /** Of a long name the stem gives way: what it is known by and what it is are behind it. */
    static String marked(String fileName, String reference) {
        String name = PlainText.oneLine(fileName);
        int dot = name.lastIndexOf('.');
        boolean hasEnding = dot >= 1 && name.length() - dot <= LONGEST_ENDING;
        String stem = hasEnding ? name.substring(0, dot) : name;
        String rest = "." + reference + name.substring(stem.length());
        return PlainText.cut(stem, LONGEST_NAME - rest.length()) + rest;
    }

    public TicketRecord read(
            Delivery delivery,
            List<Map<String, Object>> records,
            List<Map<String, Object>> journal,
            Boolean wholeJournal,
            List<Map<String, Object>> files) {
        Ticket ticket = delivery.ticket();
        if (records.isEmpty()) {
            return TicketRecord.GONE;
        }
        AnsweredRows.carrying(records, "sys_id", ticket.sysId()::equals, ticket.table());
        AnsweredRows.carrying(journal, "element_id", ticket.sysId()::equals, "sys_journal_field");
        AnsweredRows.carrying(files, "table_sys_id", ticket.sysId()::equals, "sys_attachment");
        if (journal.size() >= MOST) {
            throw new IllegalArgumentException(ticket.number() + " has " + MOST
                    + " journal entries or more, too many to be kept in step: set ticketbridge.flow." + ticket.flow()
                    + ".sync-back=false or start a new ticket");
        }
        Map<String, Object> row = records.get(0);
        List<TicketNote> notes =
                JournalReader.entries(journal, Row.shown(row, "work_notes"), Row.shown(row, "comments"));
        return record(
                delivery,
                row,
                notes,
                Boolean.TRUE.equals(wholeJournal)
                        || journal.isEmpty() && notes.stream().anyMatch(TicketNote::internal),
                files.stream().map(TicketReader::file).toList());
    }

    /** What ServiceNow answered a write, without journal and files. */
    public TicketRecord answered(Delivery delivery, Map<String, Object> row) {
        return record(delivery, row, List.of(), false, List.of());
    }

    private static TicketRecord record(
            Delivery delivery,
            Map<String, Object> row,
            List<TicketNote> notes,
            boolean wholeJournal,
            List<TicketFile> files) {
        String table = delivery.ticket().table();
        Map<String, String> values = new HashMap<>();
        Map<String, String> shown = new HashMap<>();
        row.keySet().forEach(column -> {
            values.put(column, Row.text(row, column));
            shown.put(column, Row.shown(row, column));
        });
        return new TicketRecord(
                true,
                Row.seen(table, row).phase(),
                TicketColumns.fields(table, row),
                values,
                shown,
                notes,
                wholeJournal,
                files,
                Row.mark(row));
    }

    private static TicketFile file(Map<String, Object> row) {
        String size = Row.text(row, "size_bytes");
        return new TicketFile(
                Row.text(row, "sys_id"),
                Row.text(row, "file_name"),
                Row.text(row, "content_type"),
                size.matches("\\d{1,18}") ? Long.parseLong(size) : -1,
                Row.text(row, "sys_created_by"),
                Row.time(Row.text(row, "sys_created_on")));
    }
}
