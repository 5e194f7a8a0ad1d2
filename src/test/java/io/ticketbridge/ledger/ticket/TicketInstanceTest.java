package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger belongs to one ServiceNow instance as soon as it holds a ticket. */
class TicketInstanceTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final String DEV = "dev.service-now.com";
    private static final String PROD = "prod.service-now.com";
    private static final Duration SOON = Duration.ofMillis(50);

    private static LedgerWorld world(FreshDatabase kind) {
        return new LedgerWorld(kind.open(), Flow.groupedBy("check"));
    }

    private static TicketInstance of(LedgerWorld world, String ours) {
        return new TicketInstance(world.database, ours, SOON, Clock.systemUTC());
    }

    /** Refused: which instance it is for; begun: empty. */
    private static Optional<String> begin(LedgerWorld world, String ours) {
        return of(world, ours).begin("");
    }

    @ParameterizedTest
    @EnumSource
    void without_tickets_it_is_for_whoever_begins_and_with_one_for_nobody_else(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            assertThat(begin(world, DEV)).isEmpty();
            assertThat(begin(world, PROD)).isEmpty();
            assertThat(begin(world, DEV)).isEmpty();
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);

            assertThat(begin(world, PROD)).contains(DEV);
            assertThat(begin(world, DEV)).isEmpty();
            assertThat(of(world, DEV).isOurs()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_write_whose_fate_is_not_known_counts_as_a_ticket_and_one_that_was_taken_back_does_not(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            begin(world, DEV);
            world.scan(ONE);
            GroupCase claimed = world.claim(ONE);
            Intent intent = world.intend(claimed, new Decision(Action.OPEN, 1, "as told"));
            assertThat(begin(world, PROD)).contains(DEV);

            world.intents.withdraw(intent, "its host name has no address");
            assertThat(begin(world, PROD)).isEmpty();
        }
    }

    @Test
    void a_ledger_of_before_learns_where_its_tickets_are() {
        try (LedgerWorld world = world(FreshDatabase.H2)) {
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            assertThat(of(world, DEV).isOurs()).isTrue();

            assertThat(begin(world, DEV)).isEmpty();
            assertThat(begin(world, PROD)).contains(DEV);
        }
    }

    @Test
    void an_instance_at_another_address_goes_on_there_and_no_more_at_the_former() {
        try (LedgerWorld world = world(FreshDatabase.H2)) {
            begin(world, DEV);
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);

            assertThat(of(world, PROD).begin("another.service-now.com")).contains(DEV);
            assertThat(of(world, PROD).begin(DEV)).isEmpty();
            assertThat(begin(world, PROD)).isEmpty();
            assertThat(begin(world, DEV)).contains(PROD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_process_hears_of_it_and_sends_nothing_any_more(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            TicketInstance dev = of(world, DEV);
            dev.begin("");
            assertThat(dev.isOurs()).isTrue();
            dev.require();

            begin(world, PROD);

            await().atMost(Duration.ofSeconds(10)).until(() -> !dev.isOurs());
            assertThatThrownBy(dev::require)
                    .isInstanceOf(AnotherInstance.class)
                    .hasMessageContaining(PROD)
                    .hasMessageContaining(DEV);
            dev.begin("");
            await().atMost(Duration.ofSeconds(10)).until(dev::isOurs);
        }
    }

    /** It may have looked whether it may send a moment before it could hear. */
    @ParameterizedTest
    @EnumSource
    void what_another_process_was_about_to_open_keeps_the_ledger_for_it(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            begin(world, DEV);
            world.scan(ONE);
            TicketInstance prod = new TicketInstance(world.database, PROD, Duration.ofSeconds(2), Clock.systemUTC());

            CompletableFuture<Optional<String>> begun = CompletableFuture.supplyAsync(() -> prod.begin(""));
            await().atMost(Duration.ofSeconds(10)).until(() -> !of(world, DEV).isOurs());
            assertThat(of(world, PROD).isOurs()).as("nobody's yet").isFalse();
            world.deliver(ONE, Action.OPEN);

            assertThat(begun.join()).contains(DEV);
            assertThat(of(world, DEV).isOurs()).isTrue();
        }
    }

    /** One that died in between leaves nobody's ledger. */
    @Test
    void several_that_begin_at_once_agree_whose_it_is() {
        try (LedgerWorld world = world(FreshDatabase.H2)) {
            begin(world, DEV);
            world.database
                    .client()
                    .sql("update watermark set position = '" + DEV + "?' where flow = '/servicenow-instance'")
                    .update();

            CompletableFuture<Optional<String>> one = CompletableFuture.supplyAsync(() -> begin(world, PROD));
            CompletableFuture<Optional<String>> two = CompletableFuture.supplyAsync(() -> begin(world, PROD));

            assertThat(one.join()).isEmpty();
            assertThat(two.join()).isEmpty();
            assertThat(of(world, PROD).isOurs()).isTrue();
        }
    }
}
