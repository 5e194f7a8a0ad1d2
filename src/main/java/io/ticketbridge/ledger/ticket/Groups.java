package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.budget.Quota;
import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Pending groups: claimed by one worker at a time, then settled, held, tried again later or buried. A claim is a lease with
 * a fence; it lasts longer than a request can take, so that whoever claims after it looks at a ServiceNow that is at rest.
 */
public final class Groups {
    /** In characters, as the column holds them. */
    private static final int LONGEST_OWNER = 100;

    /** What a claim lasts longer than the slowest request. */
    public static final Duration MARGIN = Duration.ofSeconds(5);

    /** Nothing is owed up to the version. */
    static final String SETTLED =
            "settled = :version, pending = (version > :version), held = null, let_go = false, again = false, dead = false, attempts = 0";

    static final String LET_GO = ", lease_owner = null, lease_until = null";

    private final LedgerDatabase database;
    private final GroupCases cases;
    private final Intents intents;
    private final Clock clock;
    private final String owner;
    private final Duration lease;
    private final Supplier<Room> room;
    private final SharedCommit commits;

    /**
     * @param lease how long a claim lasts without being renewed; longer than one request to ServiceNow can take
     * @param room how many requests may be sent now (P19)
     */
    public Groups(
            LedgerDatabase database,
            Tickets tickets,
            Intents intents,
            Clock clock,
            String owner,
            Duration lease,
            Supplier<Room> room) {
        this.database = database;
        this.cases = new GroupCases(database, tickets);
        this.intents = intents;
        this.clock = clock;
        // The end tells owners apart, the beginning may be a long host name.
        this.owner = owner.substring(Math.max(0, owner.length() - LONGEST_OWNER));
        this.lease = lease;
        this.room = room;
        this.commits = new SharedCommit(database);
    }

    public Outage outage() {
        return database.outage();
    }

    /**
     * Waits for nobody: a group that is just being claimed, or that a page writes to, is handed out again soon.
     *
     * @return the group with all that is known of it, or empty if somebody else works on it, nothing is owed any more, or
     *     there is no room for its requests: then it stays as it is
     */
    public Optional<GroupCase> claim(UUID id) {
        Room left = room.get();
        if (left.isSpent()) {
            return Optional.empty();
        }
        AtomicLong at = new AtomicLong();
        Optional<GroupCase> claimed = commits.write(SharedCommit.Place.NONE, () -> {
            at.set(System.nanoTime());
            return claimNow(id, left);
        });
        if (claimed.isPresent()) {
            Renewal.done(id, at.get());
        }
        return claimed;
    }

    private Optional<GroupCase> claimNow(UUID id, Room left) {
        Instant now = clock.instant();
        int claimed = database.client()
                .sql(
                        """
                        update finding_group set lease_owner = :owner, lease_until = :until, fence = fence + 1
                        where id = (select id from finding_group
                            where id = :id and pending and due_at <= :now and (lease_until is null or lease_until < :now)
                              and urgency <= :least for update skip locked)""")
                .param("owner", owner)
                .param("until", Times.sql(now.plus(lease)))
                .param("now", Times.sql(now))
                .param("least", left.leastUrgency())
                .param("id", id)
                .update();
        return claimed == 0 ? Optional.empty() : Optional.of(cases.load(id, true));
    }

    /**
     * Writes several things of a claimed group to the ledger, all or none, with one commit: commits are what a delivery's time goes to.
     *
     * @param changes may be made on another thread, and a second time if the first was undone
     */
    public void atOnce(GroupCase claimed, Runnable changes) {
        commits.write(place(claimed), () -> {
            changes.run();
            return null;
        });
    }

    /** The claimed group as it is now, after its tickets changed under the same claim. */
    public GroupCase reload(GroupCase claimed) {
        keep(claimed);
        // Whoever claimed it first may have adopted a ticket since. On one connection: see Pairs.
        return database.transaction()
                .execute(status -> cases.load(claimed.group().id(), false));
    }

    /** Makes sure, just before something is sent, that the group is still ours, and for long enough (P15). */
    public void keep(GroupCase claimed) {
        long at = System.nanoTime();
        renew(claimed);
        Renewal.done(claimed.group().id(), at);
    }

    /** The same, and in one breath what is about to be sent is noted: who lost the group notes nothing. */
    public void keep(GroupCase claimed, Runnable sending) {
        renewed(claimed, () -> {
            sending.run();
            return null;
        });
    }

    private <T> T renewed(GroupCase claimed, Supplier<T> changes) {
        AtomicLong at = new AtomicLong();
        T result = commits.write(place(claimed), () -> {
            at.set(System.nanoTime());
            renew(claimed);
            return changes.get();
        });
        Renewal.done(claimed.group().id(), at.get());
        return result;
    }

    private void renew(GroupCase claimed) {
        int kept = database.client()
                .sql(
                        "update finding_group set lease_until = :until where id = :id and fence = :fence and lease_owner = :owner")
                .param("until", Times.sql(clock.instant().plus(lease)))
                .param("id", claimed.group().id())
                .param("fence", claimed.fence())
                .param("owner", owner)
                .update();
        if (kept == 0) {
            throw new LeaseLost(claimed.group().id());
        }
    }

    /**
     * Records, durably and before anything is sent, what is about to be written, of a group that is still ours.
     *
     * @param planned the intent as the decision has it
     * @param request what is about to be sent
     * @return the intent; empty if a breaker says that it must not be
     * @throws LeaseLost if the group is not ours any more
     */
    public Optional<Intent> intend(
            GroupCase claimed, Intent planned, Object request, String profile, String table, Quota quota) {
        return renewed(claimed, () -> intents.intend(claimed, planned, request, profile, table, quota));
    }

    private static SharedCommit.Place place(GroupCase claimed) {
        return new SharedCommit.Place(
                claimed.group().id(), claimed.group().flow(), claimed.group().runId());
    }

    /** Nothing is owed up to this version; what arrived since then stays pending. */
    public void settle(GroupCase claimed, long version) {
        change(
                claimed,
                SETTLED + ", loose_end = " + LooseEnds.mark(claimed),
                change -> change.param("version", version));
    }

    /** The same, and in the same breath it is owed another look, though nothing of it changed: it never is at rest in between. */
    public void settleAndLookAgain(GroupCase claimed, long version) {
        change(
                claimed,
                "settled = :version, pending = true, held = null, let_go = false, again = false, dead = false, attempts = 0",
                change -> change.param("version", version));
    }

    /** A breaker holds the group until it drains or is released (P12). */
    public void hold(GroupCase claimed, String reason) {
        change(claimed, "pending = false, held = :held", change -> change.param("held", Text.cut(reason, 1000)));
    }

    /**
     * ServiceNow refused for good: the dead letter waits for a replay, or for the group to change.
     *
     * @return whether the group was still ours
     */
    public boolean bury(GroupCase claimed) {
        return change(claimed, "pending = false, dead = true", change -> change);
    }

    /**
     * Stays owed and is tried again later.
     *
     * @return whether the group was still ours; if not, somebody else is at it already
     */
    public boolean retry(GroupCase claimed, Instant due) {
        return change(claimed, "due_at = :due, attempts = attempts + 1", change -> change.param("due", Times.sql(due)));
    }

    /** Stays owed and comes back when there is room for its requests: nothing was tried in vain (P19). */
    public void postpone(GroupCase claimed) {
        change(claimed, "due_at = :due", change -> change.param("due", Times.sql(clock.instant())));
    }

    private boolean change(GroupCase claimed, String what, UnaryOperator<StatementSpec> values) {
        StatementSpec change = database.client()
                .sql("update finding_group set " + what + LET_GO + " where id = :id and fence = :fence")
                .param("id", claimed.group().id())
                .param("fence", claimed.fence());
        return values.apply(change).update() > 0;
    }

    /** @return how often delivering the group was tried in vain */
    public int attempts(UUID id) {
        return database.client()
                .sql("select attempts from finding_group where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** Whether anything of the flow is owed, or held back. */
    public boolean isOwing(String flow) {
        return database.client()
                .sql(
                        """
                        select exists (select 1 from finding_group where pending = true and flow = :flow)
                            or exists (select 1 from finding_group where held >= '' and flow = :flow)""")
                .param("flow", flow)
                .query(Boolean.class)
                .single();
    }

    /** @return how many groups of each flow are owed something that is not held or dead; flows that owe nothing are not in it */
    public Map<String, Long> owed() {
        Map<String, Long> owed = new TreeMap<>();
        database.client()
                .sql("select flow, count(*) from finding_group where pending = true group by flow")
                .query(row -> {
                    owed.put(row.getString(1), row.getLong(2));
                });
        return owed;
    }
}
