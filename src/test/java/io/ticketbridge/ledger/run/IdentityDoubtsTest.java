package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids that stand for several things, or do not last, are found per source and check (P3). */
@ParameterizedClass
@EnumSource
class IdentityDoubtsTest {
    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        world.complete = true;
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_pass_and_a_failure_of_one_id_are_a_collision_on_one_page_and_on_two() {
        world.scan(List.of(
                List.of(pass("mfa", "user-1"), fail("mfa", "user-1"), pass("mfa", "user-2")),
                List.of(fail("mfa", "user-2"), fail("mfa", "user-3"))));

        assertThat(doubts()).containsExactly("COLLISION aws mfa 2 user-1");
    }

    @Test
    void two_failures_of_one_id_with_different_words_are_a_collision() {
        world.scan(
                Findings.of("keys", "user-1").message("key 1 is 91 days old").finding(),
                Findings.of("keys", "user-1").message("key 2 is 200 days old").finding());

        assertThat(doubts()).containsExactly("COLLISION aws keys 1 user-1");
    }

    @Test
    void the_same_record_twice_is_none_nor_is_one_finding_under_two_standards() {
        Finding once = fail("mfa", "user-1");
        Finding again = new Findings(once).title("CIS 1.10").finding();
        world.scan(once, fail("mfa", "user-1"), again);

        assertThat(doubts()).isEmpty();
    }

    @Test
    void what_differs_between_two_scans_is_none() {
        world.scan(Findings.of("keys", "user-1").message("91 days old").finding());
        world.scan(Findings.of("keys", "user-1").message("92 days old").finding());

        assertThat(doubts()).isEmpty();
    }

    @Test
    void a_later_run_tells_how_many_there_are_now() {
        world.scan(pass("mfa", "user-1"), fail("mfa", "user-1"));
        Run second =
                world.scan(pass("mfa", "user-1"), fail("mfa", "user-1"), pass("mfa", "user-2"), fail("mfa", "user-2"));

        assertThat(doubts()).containsExactly("COLLISION aws mfa 2 user-1");
        assertThat(all().get(0).run()).isEqualTo(second.id());
    }

    @Test
    void a_failure_that_comes_under_the_same_name_as_one_that_went_has_changed_its_id() {
        world.scan(named("i-1", "web"), named("i-2", "db"), named("i-3", "cache"));
        world.scan(named("i-8", "web"), named("i-9", "db"), named("i-3", "cache"), named("i-4", "new"));

        assertThat(doubts()).hasSize(1).first().asString().startsWith("CHANGED aws tagged 2 ");
        assertThat(all().get(0).example()).matches("web: was i-1, is i-8|db: was i-2, is i-9");
    }

    @Test
    void a_name_in_another_account_or_region_is_another_thing() {
        world.scan(named("i-1", "web"));
        world.scan(
                new Findings(named("i-8", "web")).account("999999999999").finding(),
                new Findings(named("i-9", "web")).region("us-east-1").finding(),
                named("i-7", "other"));

        assertThat(doubts()).isEmpty();
    }

    @Test
    void a_scan_that_is_not_complete_shows_no_changed_ids() {
        world.complete = false;
        world.scan(named("i-1", "web"));
        world.scan(named("i-8", "web"));

        assertThat(doubts()).isEmpty();
    }

    private static Finding named(String uid, String name) {
        return Findings.of("tagged", uid)
                .resource(new Resource(uid, name, "instance"))
                .finding();
    }

    private List<IdentityDoubt> all() {
        return new IdentityDoubts(world.database, world.clock).all();
    }

    private List<String> doubts() {
        List<String> lines = new ArrayList<>();
        all().forEach(doubt -> lines.add(doubt.kind() + " " + doubt.source() + " " + doubt.check() + " "
                + doubt.findings() + " " + doubt.example()));
        return lines;
    }
}
