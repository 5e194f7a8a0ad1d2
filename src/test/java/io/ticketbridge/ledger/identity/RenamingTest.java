package io.ticketbridge.ledger.identity;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Ticket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A new recipe of identity moves what the ledger has, and opens no new ticket for it (P3). */
@ParameterizedClass
@EnumSource
class RenamingTest {
    /** Names everything otherwise, as an earlier version might have. */
    private static final FormerRecipe OLD = new FormerRecipe() {
        @Override
        public Optional<Finding> former(Finding finding) {
            return Optional.of(finding);
        }

        @Override
        public UUID finding(Finding finding) {
            return old(finding.id());
        }

        @Override
        public UUID group(GroupIdentity group) {
            return old(group.id());
        }
    };

    private static final Finding ONE = fail("mfa", "user-1");
    private static final Finding TWO = fail("mfa", "user-2");
    private static final Finding OTHER = fail("keys", "user-1");

    @Parameter
    FreshDatabase database;

    private LedgerWorld before;
    private LedgerWorld now;

    /** A ledger as the old recipe left it: tickets of two groups, one of them resolved and come back. */
    @BeforeEach
    void open() {
        before = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        before.complete = true;
        before.scan(ONE, TWO, OTHER);
        before.deliver(ONE, Action.OPEN);
        before.deliver(OTHER, Action.OPEN);
        before.scan(pass("mfa", "user-1"), TWO, OTHER);
        before.deliver(ONE, Action.UPDATE);
        rewriteIds();
        now = new LedgerWorld(before.database, before.flow, LedgerWorld.MANY, List.of(OLD));
        now.complete = true;
    }

    @AfterEach
    void close() {
        before.close();
    }

    @Test
    void without_the_former_recipe_every_failure_would_be_news() {
        LedgerWorld forgetful = new LedgerWorld(before.database, before.flow);
        forgetful.scan(TWO, OTHER);

        assertThat(forgetful.handedOut()).hasSize(2);
    }

    @Test
    void a_rescan_under_the_new_recipe_brings_no_news_and_leaves_no_old_id() {
        Set<UUID> old =
                Set.of(old(TWO.id()), old(ONE.id()), old(OTHER.id()), old(now.groupOf(ONE)), old(now.groupOf(OTHER)));

        now.scan(pass("mfa", "user-1"), TWO, OTHER);

        assertThat(now.handedOut()).isEmpty();
        assertThat(uuidsInLedger()).doesNotContainAnyElementsOf(old).contains(TWO.id(), now.groupOf(OTHER));
        assertThat(now.count("finding")).isEqualTo(3);
        assertThat(now.count("finding_group")).isEqualTo(2);
        assertThat(now.count("ticket")).isEqualTo(2);
    }

    @Test
    void what_gets_fixed_and_what_joins_reaches_the_same_ticket() {
        Ticket known = before.tickets.latest(old(now.groupOf(ONE))).orElseThrow();

        now.scan(pass("mfa", "user-2"), fail("mfa", "user-9"), OTHER);
        now.work(now.groupOf(ONE));

        Ticket after = now.tickets.latest(now.groupOf(ONE)).orElseThrow();
        assertThat(after.number()).isEqualTo(known.number());
        assertThat(after.generation()).isEqualTo(1);
        assertThat(now.count("action where kind = 'updated' and state = 'done'"))
                .isEqualTo(2);
    }

    @Test
    void absence_is_concluded_also_of_findings_that_kept_their_old_ids() {
        now.scan(pass("mfa", "user-1"), pass("keys", "user-5"), pass("mfa", "user-5"));
        now.work(now.groupOf(ONE));
        now.work(now.groupOf(OTHER));

        assertThat(now.count("ticket where phase = 'RESOLVED'")).isEqualTo(2);
    }

    private static UUID old(UUID id) {
        return Digest.of("old", id.toString());
    }

    private List<Map<String, Object>> uuidColumns() {
        return before.database
                .jdbc()
                .queryForList(
                        """
                        select table_name as "of", column_name as "named" from information_schema.columns
                        where lower(data_type) = 'uuid' and lower(table_schema) = 'public'""");
    }

    private Set<UUID> uuidsInLedger() {
        Set<UUID> all = new HashSet<>();
        uuidColumns()
                .forEach(column -> all.addAll(before.database
                        .jdbc()
                        .queryForList(
                                "select " + column.get("named") + " from " + column.get("of") + " where "
                                        + column.get("named") + " is not null",
                                UUID.class)));
        return all;
    }

    /** In every column that holds ids, whichever those are: a table that the renaming forgets shows here. */
    private void rewriteIds() {
        Set<UUID> ids = Set.of(ONE.id(), TWO.id(), OTHER.id(), before.groupOf(ONE), before.groupOf(OTHER));
        for (Map<String, Object> column : uuidColumns()) {
            for (UUID id : ids) {
                before.database
                        .jdbc()
                        .update(
                                "update " + column.get("of") + " set " + column.get("named") + " = ? where "
                                        + column.get("named") + " = ?",
                                old(id),
                                id);
            }
        }
    }
}
