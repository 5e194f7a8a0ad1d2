package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ticket.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command beside a running {@code run}: each has the accounts of its own runs, whoever closes them (P5). */
class OwnRunsTest {
    private static final Finding FINDING = fail("s3-public", "one");

    /** What {@code run} hears of, on the same ledger. */
    private final List<Account> heard = new ArrayList<>();

    private Runs other(LedgerWorld world) {
        RunListener listener = new RunListener() {
            @Override
            public void accountClosed(Account account) {
                heard.add(account);
            }
        };
        return new Runs(
                world.database,
                new Accounts(world.database, listener, world.clock),
                new Absences(world.database, world.clock),
                name -> world.facts(),
                world.clock);
    }

    @ParameterizedTest
    @EnumSource
    void an_account_that_another_closed_is_handed_out_all_the_same(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Run run = world.scan(FINDING);
            world.deliver(FINDING, Action.OPEN);
            other(world).reportFinished();
            Account closed = heard.get(0);

            assertThat(world.runs.closeOwn()).containsExactly(closed);

            assertThat(closed.run()).isEqualTo(run.id());
            assertThat(world.runs.closeOwn()).as("each once").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_of_another_is_left_to_it(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Runs other = other(world);
            other.reportFinished();
            Run begun = other.begin("other", "scan");
            other.endReading(begun);
            other.endPass("other");
            Run run = world.scan(FINDING);
            world.deliver(FINDING, Action.OPEN);

            assertThat(world.runs.own()).isEqualTo(Set.of(run.id()));
            assertThat(world.runs.closeOwn()).extracting(Account::run).containsExactly(run.id());
            assertThat(world.count("run where state = 'delivering'")).isEqualTo(1);

            other.reportFinished();
            assertThat(heard).extracting(Account::flow).containsExactly("other");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_of_a_process_that_died_gets_its_account(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Runs dead = other(world);
            dead.reportFinished();
            dead.endReading(dead.begin("other", "scan"));
            dead.endPass("other");
            world.clock.advance(Duration.ofMinutes(1));

            assertThat(world.runs.closeOwn()).extracting(Account::flow).containsExactly("other");
        }
    }
}
