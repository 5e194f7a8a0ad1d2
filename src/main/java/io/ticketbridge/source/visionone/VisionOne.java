package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.KnownHere;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.pass.PassOf;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Sourced;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes ask of Vision One: of a flow's cases or of its alerts, whichever it reads. Thread-safe. */
public final class VisionOne {
    private static final Logger LOG = LoggerFactory.getLogger(VisionOne.class);

    private final Settings settings;
    private final Clock clock;
    private final Positions positions;
    private final ClockAhead clockAhead = new ClockAhead();
    private final VisionOneItems cases;
    private final VisionOneItems alerts;
    private final KnownHere known;

    /** @param clock this machine's */
    public VisionOne(Settings settings, Watermarks watermarks, KnownHere known, Clock clock) {
        this.settings = settings;
        this.known = known;
        this.clock = clock;
        this.positions = new Positions(settings, watermarks);
        ChangeWindow window = new ChangeWindow(settings);
        cases = new VisionOneCases(window);
        alerts = new VisionOneAlerts(window);
    }

    /** The scope of a tenant's cases and alerts. */
    static String scope(String instance) {
        return "vision-one:" + instance;
    }

    /** Which tenant a flow reads. */
    public static Origin origin(FlowSettings flow, VisionOneSettings tenant) {
        return origin(flow, tenant, scope(tenant.name()));
    }

    static Origin origin(FlowSettings flow, VisionOneSettings tenant, String scope) {
        return new Origin(
                flow.source().toString(),
                tenant.name(),
                scope,
                Digest.of(String.valueOf(tenant.url())),
                tenant.customer());
    }

    /** A run has begun to read what changed: the first of a list or a tenant reads its backlog (P13). */
    public void begun(String flow, Run run) {
        if (positions.isMoved(flow)) {
            LOG.info("The flow read another list or tenant before; it reads this one from the start. flow={}", flow);
        }
        if (positions.isFirst(flow)) {
            run.firstOfItsScope();
        }
        if (!owesBacklog(flow)) {
            positions.remember(flow, run);
        }
    }

    /** The position that the watermark may move to once all pages are durable: the time before the first was asked for. */
    public String position() {
        return at(clock.instant());
    }

    private static String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A page has come: where its date says that our clock is ahead, the position of a pass goes by Vision One's. */
    public void compareClocks(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        Duration ahead = clockAhead.of(
                settings.flows().get(pass.flow()).instance(),
                exchange.getMessage().getHeader("Date", String.class));
        Instant there = clock.instant().minus(ahead);
        String position = pass.position();
        if (position != null && there.isBefore(Instant.parse(position))) {
            pass.position(at(there));
        }
    }

    /** The pages of everything that changed since the flow's watermark, up to now. */
    public LinkedPages changed(String flow) {
        return of(flow).changed(flow, positions.since(flow));
    }

    /** Whether the flow's filters are not those with which it came as far as it is: what they left out before is still to be read. */
    public boolean owesBacklog(String flow) {
        return positions.hasOtherFilters(flow);
    }

    /** A run has begun to read that; it is no news (P13). */
    public void backlogBegun(String flow, Run run) {
        LOG.info("The flow's filters are not those that it had; what they left out before is read now. flow={}", flow);
        run.firstOfItsScope();
        positions.remember(flow, run);
    }

    /** The pages of everything there is. */
    public LinkedPages backlog(String flow) {
        return of(flow).changed(flow, Instant.EPOCH);
    }

    /** Those of a backlog's page that did not change since the position; the others are news, and the next poll's. */
    public List<SourceRecord> before(String position, List<SourceRecord> page) {
        Instant time = Instant.parse(position);
        return page.stream()
                .filter(record -> !(record instanceof Finding finding)
                        || !finding.observedAt().isAfter(time))
                .toList();
    }

    /** The pages of what is open now. */
    public LinkedPages open(String flow) {
        return of(flow).open(flow);
    }

    /** Behind those pages: those of the ids that they did not have, since they left the flow's own filter perhaps. */
    public LinkedPages named(String flow, LinkedPages before, List<String> ids) {
        return ids.isEmpty() ? before : of(flow).named(flow, ids).orElse(before);
    }

    /** The items of such a page, which come without notes. */
    public List<SourceRecord> openFindings(String flow, List<JsonNode> items) {
        return items.stream()
                .map(item -> of(flow).finding(flow, ItemWithNotes.of(item)))
                .filter(record -> record instanceof Finding finding && finding.result() == Result.FAIL)
                .toList();
    }

    /**
     * The pages of the notes of one case or alert; none for an item that is neither, and for one that was closed before it had a ticket: most
     * of a first poll, and nothing comes of it.
     */
    public LinkedPages notes(String flow, JsonNode item) {
        String id = Fields.text(item, "id");
        return Fields.isId(id) && !isClosedUnknown(flow, item) ? of(flow).notes(flow, id) : null;
    }

    private boolean isClosedUnknown(String flow, JsonNode item) {
        return of(flow).finding(flow, ItemWithNotes.of(item)) instanceof Finding finding
                && finding.result() == Result.PASS
                && !known.isKnown(flow, finding.id());
    }

    /** The same for all pages of the exchange's pass. */
    public UnreadNotes unreadNotes(Exchange exchange) {
        UnreadNotes before = exchange.getProperty("unreadNotes", UnreadNotes.class);
        return before == null ? new UnreadNotes() : before;
    }

    /** Whether a failure may be one of a single case or alert, and not of Vision One or the way there. */
    public boolean mayBeOfOne(Exception error) {
        return UnreadNotes.mayBeOfOne(error);
    }

    /** The notes of an item were read. @param pages null where they were not asked for, which says nothing of the others */
    public void notesRead(UnreadNotes unread, LinkedPages pages) {
        if (pages != null) {
            unread.read();
        }
    }

    /** @return the item as one that can't be used */
    public ItemWithNotes unread(UnreadNotes unread, ItemWithNotes item, Exception error) {
        return unread.add(item, error);
    }

    /** The findings of a page; what has notes that can't be read costs only itself (P4). */
    public List<SourceRecord> findings(String flow, UnreadNotes unread, List<ItemWithNotes> read) {
        unread.pageRead(read);
        return read.stream().map(each -> record(flow, each)).toList();
    }

    private SourceRecord record(String flow, ItemWithNotes read) {
        return read.unread() == null
                ? of(flow).finding(flow, read)
                : new Unreadable(
                        read.item().toString(),
                        "The notes of " + Fields.text(read.item(), "id") + " can't be read: "
                                + read.unread().why()
                                + "; it is read again when it changes, and replayed it gets its ticket without them");
    }

    /** A case or alert from its raw text; its notes come when it is next read. */
    public List<SourceRecord> reread(String flow, String raw) throws IOException {
        return List.of(record(flow, ItemWithNotes.of(new ObjectMapper().readTree(raw))));
    }

    /** One case or alert as it is now. @param etag as the answer's header had it, or null */
    public Sourced sourced(String flow, ItemWithNotes read, String etag) {
        return of(flow).sourced(flow, read, etag == null ? "" : etag);
    }

    /** A case or alert that is not there any more. */
    public Sourced gone() {
        return new Sourced(Optional.empty(), "", null, null, List.of());
    }

    private VisionOneItems of(String flow) {
        return settings.flows().get(flow).source() == SourceKind.VISION_ONE_ALERTS ? alerts : cases;
    }
}
