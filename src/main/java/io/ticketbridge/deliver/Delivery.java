package io.ticketbridge.deliver;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** One group on its way through deliver: the message body of the routes from decide-ticket on. One thread works on it. */
public final class Delivery {
    private static final String PROPERTY = "delivery";

    private final FlowSettings flow;
    private ProfileSettings profile;
    private final GroupCase claimed;
    private Decision decision;
    private Intent intent;
    private Map<String, String> sent = Map.of();
    private Map<String, String> content;
    private String recordedSysId;
    private String number = "";
    private LookUp asked;
    private final Map<String, String> added = new LinkedHashMap<>();
    private boolean notTaken;
    private Set<String> untaken = Set.of();
    private Set<String> onceMore = Set.of();
    private boolean triedAgain;
    private boolean fileRefused;
    private boolean fileAwaited;
    private boolean settled;
    private boolean failed;
    private boolean over;
    private SyncPlan plan;
    private Finding sourced;
    private TicketRecord record;

    Delivery(FlowSettings flow, ProfileSettings profile, GroupCase claimed) {
        this.flow = flow;
        this.profile = profile;
        this.claimed = claimed;
        this.intent = claimed.intent().orElse(null);
    }

    /** The one that an exchange works on, whatever its body is by now; null if it is about something else, as a poll is. */
    public static Delivery of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Delivery.class);
    }

    /** @param delivery null if there is nothing to do */
    static void put(Exchange exchange, Delivery delivery) {
        exchange.setProperty(PROPERTY, delivery);
    }

    /** The delivery from its beginning, with the group as it is by now. */
    Delivery again(GroupCase reloaded) {
        return new Delivery(flow, profile, reloaded);
    }

    public FlowSettings flow() {
        return flow;
    }

    ProfileSettings profile() {
        return profile;
    }

    void take(ProfileSettings other) {
        profile = other;
    }

    /** The group as it was claimed. */
    public GroupCase claimed() {
        return claimed;
    }

    /** Whether the ticket is kept in step with a case or an alert; a summary ticket is about neither. */
    boolean isInStep() {
        return flow.syncBack() && !claimed.group().head().isStorm();
    }

    public GroupState group() {
        return claimed.group();
    }

    /** What the group is about, as log lines and errors say it. */
    String label() {
        return PlainText.cut(PlainText.oneLine(group().label()), 200);
    }

    public Decision decision() {
        return decision;
    }

    void decide(Decision made) {
        decision = made;
    }

    /** What is about to be written, or was intended before and never recorded; null if nothing. */
    public Intent intent() {
        return intent;
    }

    void intend(Intent made) {
        intent = made;
    }

    /** The intent, or, before it is recorded, what the decision makes of it. */
    Intent writing() {
        return intent == null ? Intent.of(claimed, decision) : intent;
    }

    /** Of the ticket that it is about; 1 before anything is decided. */
    int generation() {
        if (intent != null) {
            return intent.generation();
        }
        return decision == null ? 1 : decision.generation();
    }

    /** What the current write sends, by column. */
    Map<String, String> sent() {
        return sent;
    }

    /** Remembers the columns that a call sends, and hands it on. */
    ServiceNowCall send(ServiceNowCall call, Map<String, String> fields) {
        sent = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        return call;
    }

    /** What the ticket says of its group, uncut, by column; empty before it was asked for. */
    Optional<Map<String, String>> content() {
        return Optional.ofNullable(content);
    }

    void say(Map<String, String> fields) {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The ticket that is written to: the latest, unless one before it was left open. */
    public Ticket ticket() {
        return claimed.tickets().stream()
                .filter(ticket -> ticket.generation() == generation())
                .findFirst()
                .or(claimed::latest)
                .orElseThrow(() -> new IllegalStateException("The group " + group().id() + " has no ticket to change"));
    }

    /** ServiceNow's id of the record that the delivery is about, once it is known. */
    String sysId() {
        return recordedSysId != null ? recordedSysId : ticket().sysId();
    }

    void recorded(String sysId, String itsNumber) {
        recordedSysId = sysId;
        number = itsNumber;
    }

    /** Whether the ticket is done with what was written; a rule of ServiceNow may have kept it open. */
    boolean isOver() {
        return over;
    }

    void ends(boolean isOver) {
        over = isOver;
    }

    /** The number of the ticket that was written, now or by an earlier try, for notices; empty before. */
    public String number() {
        return number.isEmpty()
                ? claimed.tickets().stream()
                        .filter(ticket -> ticket.generation() == generation() && ticket.number() != null)
                        .findFirst()
                        .map(Ticket::number)
                        .orElse("")
                : number;
    }

    /** What a route asked ServiceNow for, of which the answer is awaited; null if nothing. */
    LookUp asked() {
        return asked;
    }

    void ask(LookUp lookUp) {
        asked = lookUp;
    }

    /** What steps of a route added for the templates, by name. */
    Map<String, String> added() {
        return added;
    }

    /** What brings the ticket into step with its case, the case as it is now, and the ticket as it was read; null for what is not kept in step. */
    SyncPlan plan() {
        return plan;
    }

    Finding sourced() {
        return sourced;
    }

    TicketRecord record() {
        return record;
    }

    void plan(SyncPlan made, Finding now, TicketRecord read) {
        plan = made;
        sourced = now;
        record = read;
    }

    /** Its end is recorded: nothing of it is owed any more, or it is held. */
    void settled() {
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }

    /** A step threw: what becomes of it was decided then. */
    void failed() {
        failed = true;
    }

    boolean hasFailed() {
        return failed;
    }

    /** ServiceNow has the record, though not all of what was sent: a dead letter says so. */
    void notTaken() {
        notTaken = true;
    }

    boolean isNotTaken() {
        return notTaken;
    }

    /** Columns that were sent and that ServiceNow answered with another value than they must have. */
    void untaken(Set<String> columns) {
        untaken = Set.copyOf(columns);
    }

    Set<String> untaken() {
        return untaken;
    }

    /** Columns that an earlier write was to bring, ServiceNow did not take, and a replay asks for. */
    void sendOnceMore(Set<String> columns) {
        onceMore = Set.copyOf(columns);
    }

    Set<String> onceMore() {
        return onceMore;
    }

    /** Whether an earlier write to the ticket was not taken, and a letter says so still. */
    void triesAgain(boolean isLetterOpen) {
        triedAgain = isLetterOpen;
    }

    boolean isTriedAgain() {
        return triedAgain;
    }

    /** ServiceNow refused a file that a delivery attaches itself. */
    void fileRefused() {
        fileRefused = true;
    }

    boolean isFileRefused() {
        return fileRefused;
    }

    /** ServiceNow does not hand out a file of the ticket yet. */
    void awaitFile() {
        fileAwaited = true;
    }

    boolean isFileAwaited() {
        return fileAwaited;
    }

    /** A new ticket is of its profile's table, an existing one stays in its own. */
    String table() {
        return intent != null && intent.kind() != Intent.Kind.OPENED ? ticket().table() : profile.table();
    }
}
