package io.ticketbridge.ledger.identity;

import static io.ticketbridge.finding.Findings.of;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A flow's source gets another name, or another takes its place: no failure is left that nobody reads (P3, P11). */
@ParameterizedClass
@EnumSource
class FormerOriginsTest {
    private static final Origin BEFORE = api("default", "");
    private static final Origin NOW = api("eu", "");
    private static final Finding ONE = failing("mfa", "user-1", BEFORE.scope());
    private static final Finding TWO = failing("mfa", "user-2", BEFORE.scope());
    private static final Finding OTHER = failing("keys", "user-1", BEFORE.scope());

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        world.complete = true;
        world.origin = BEFORE;
        world.scan(ONE, TWO, OTHER);
        world.deliver(ONE, Action.OPEN);
        world.deliver(OTHER, Action.OPEN);
        world.clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Origin api(String name, String owner) {
        return new Origin("api", name, "api:" + name, Digest.of("https://api.example"), owner);
    }

    private static Finding failing(String check, String resource, String scope) {
        return of(check, resource).scope(scope).finding();
    }

    private static Finding in(Origin origin, Finding finding) {
        return new Findings(finding).scope(origin.scope()).finding();
    }

    private static Finding passing(Origin origin, Finding finding) {
        return new Findings(in(origin, finding)).with(Result.PASS).finding();
    }

    private long failing() {
        return world.count("finding where result = 0");
    }

    private long resolved() {
        return world.count("ticket where phase = 'RESOLVED'");
    }

    private void work() {
        world.work(world.groupOf(ONE));
        world.work(world.groupOf(OTHER));
    }

    @Test
    void a_renamed_instance_brings_no_news_and_leaves_nothing_behind() {
        world.left("insert into event (group_id, finding_id, what, text, at) values ('" + world.groupOf(ONE) + "', '"
                + ONE.id() + "', 'fails', '', '2026-03-01 00:00:00+00')");
        UUID speaker = Json.head(world.database
                        .jdbc()
                        .queryForObject(
                                "select head from finding_group where id = ?", String.class, world.groupOf(ONE)))
                .finding();
        assertThat(speaker).isIn(ONE.id(), TWO.id());
        world.origin = NOW;

        world.scan(in(NOW, ONE), in(NOW, TWO), in(NOW, OTHER));

        assertThat(world.handedOut()).isEmpty();
        assertThat(world.count("finding")).isEqualTo(3);
        assertThat(world.count("finding where id in (?, ?, ?)", ONE.id(), TWO.id(), OTHER.id()))
                .isZero();
        assertThat(world.count("event where finding_id = ?", in(NOW, ONE).id())).isEqualTo(1);
        assertThat(world.count("finding_group where head like ?", "%" + speaker + "%"))
                .isZero();
    }

    @Test
    void what_is_fixed_after_a_rename_resolves_its_ticket_whether_it_passes_or_is_gone() {
        world.origin = NOW;

        world.scan(passing(NOW, ONE), in(NOW, OTHER));
        world.scan(passing(NOW, ONE), passing(NOW, OTHER));
        work();

        assertThat(failing()).isZero();
        assertThat(resolved()).isEqualTo(2);
    }

    @Test
    void what_a_route_could_not_take_is_replayed_under_the_new_name() throws Exception {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.deadLetters.unreadable(Flow.NAME, run.id(), "error", "a step failed", Json.write(TWO), TWO.id());
        world.deadLetters.unreadable(Flow.NAME, run.id(), "error", "a step failed", "{\"cut", OTHER.id());
        world.origin = NOW;

        world.runs.begin(Flow.NAME, "scan");

        String raw = world.database
                .jdbc()
                .queryForObject(
                        "select raw from dead_letter where digest = ?",
                        String.class,
                        in(NOW, TWO).id());
        assertThat(Json.finding(raw)).isEqualTo(in(NOW, TWO));
        assertThat(world.count("dead_letter where digest = ?", OTHER.id())).isEqualTo(1);
    }

    @Test
    void an_account_within_the_scope_is_renamed_with_it() {
        Finding account =
                of("mfa", "user-7").account("a-1").scope("api:default/a-1").finding();
        world.scan(ONE, TWO, OTHER, account);
        world.handedOut();
        world.origin = NOW;

        Run run = world.runs.begin(Flow.NAME, "account a-1");
        run.coversScope("api:eu/a-1");
        world.page(run, passing(NOW, OTHER));
        world.endScan(run);

        assertThat(world.count("finding where result = 1 and resource_uid = 'user-7'"))
                .isEqualTo(1);
    }

    @Test
    void findings_of_another_flow_keep_their_ids() {
        LedgerWorld second = new LedgerWorld(
                world.database,
                Flow.settings(Map.of(
                                "flow.second.source", "files",
                                "flow.second.profile", "incident",
                                "flow.second.group-by", "check"))
                        .flows()
                        .get("second"));
        second.scan(OTHER);
        world.origin = NOW;

        world.scan(in(NOW, ONE), in(NOW, TWO), in(NOW, OTHER));

        assertThat(world.count("finding where id = ?", OTHER.id())).isEqualTo(1);
        assertThat(world.count("finding where id = ?", in(NOW, OTHER).id())).isEqualTo(1);
    }

    @Test
    void what_is_not_known_to_be_the_same_is_left_as_it_is_until_a_person_says_that_it_is_gone() {
        world.origin = NOW;
        world.formerIsThere = true;

        world.scan(in(NOW, OTHER));
        world.scan(passing(NOW, OTHER));
        work();
        assertThat(failing()).isEqualTo(3);
        assertThat(resolved()).isZero();

        world.formerIsGone = true;
        world.scan(passing(NOW, OTHER));
        work();
        assertThat(failing()).isZero();
        assertThat(resolved()).isEqualTo(2);
    }

    @Test
    void what_is_read_now_is_not_taken_for_gone_with_what_was_read_before() {
        world.origin = NOW;
        world.formerIsThere = true;
        world.formerIsGone = true;
        world.complete = false;

        world.scan(in(NOW, ONE));
        world.scan(in(NOW, ONE));

        assertThat(world.count(
                        "finding where result = 0 and id = ?", in(NOW, ONE).id()))
                .isEqualTo(1);
        assertThat(failing()).isEqualTo(1);
    }

    @Test
    void a_pass_that_fails_lets_nothing_go() {
        world.origin = NOW;
        world.formerIsThere = true;
        world.formerIsGone = true;

        world.runs.fail(world.runs.begin(Flow.NAME, "scan"), "it was refused");

        assertThat(failing()).isEqualTo(3);
    }

    @Test
    void scopes_that_come_from_what_is_read_go_by_the_time_of_the_change() {
        Origin reports = new Origin("scc", "default", "", Digest.of("https://scc.example/one"), "");
        LedgerWorld scc = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        try {
            scc.origin = reports;
            scc.scan(ONE);
            scc.clock.advance(Duration.ofHours(1));
            scc.origin = NOW;
            scc.formerIsGone = true;

            scc.scan(in(NOW, ONE));

            assertThat(scc.count("finding where result = 0")).isEqualTo(1);
            assertThat(scc.count("finding where result = 0 and id = ?", ONE.id()))
                    .isZero();
        } finally {
            scc.close();
        }
    }

    @Nested
    class Two_sources_that_name_the_same {
        private LedgerWorld shared;
        private ListAppender<ILoggingEvent> lines;

        @BeforeEach
        void turn() {
            shared = new LedgerWorld(database.open(), Flow.groupedBy("check"));
            shared.origin = new Origin("files", "", "", Digest.of(""), "");
            shared.scan(ONE, TWO, OTHER);
            shared.clock.advance(Duration.ofHours(1));
            shared.origin = new Origin("api", "hub", "", Digest.of("https://hub.example"), "");
            lines = new ListAppender<>();
            lines.start();
            log().setLevel(Level.WARN);
            log().addAppender(lines);
        }

        @AfterEach
        void closeShared() {
            log().detachAppender(lines);
            log().setLevel(null);
            shared.close();
        }

        private static Logger log() {
            return (Logger) LoggerFactory.getLogger(FormerOrigins.class);
        }

        private List<String> told() {
            return lines.list.stream()
                    .filter(line -> line.getLevel() == Level.WARN)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }

        private long fails(Finding... findings) {
            return Stream.of(findings)
                    .filter(each -> shared.count("finding where result = 0 and id = ?", each.id()) == 1)
                    .count();
        }

        private Run read(String pass, Finding... findings) {
            Run run = shared.runs.begin(Flow.NAME, "part", pass);
            shared.page(run, findings);
            return run;
        }

        @Test
        void what_the_new_one_names_is_not_gone_with_what_was_read_before() {
            shared.formerIsGone = true;

            shared.scan(ONE, TWO);
            assertThat(fails(ONE, TWO)).isEqualTo(2);
            assertThat(fails(OTHER)).isZero();
            assertThat(shared.count("run where absent_count = 1 and read_count = 0 and state = 'delivering'"))
                    .isEqualTo(1);

            shared.scan(ONE);
            assertThat(fails(ONE, TWO)).isEqualTo(2);
        }

        @Test
        void only_what_it_does_not_name_is_told_and_only_once_it_was_read() {
            Run run = read("pass", ONE, TWO);
            assertThat(told()).isEmpty();
            shared.runs.endReading(run);
            shared.runs.endPass(Flow.NAME, "pass");

            assertThat(told()).singleElement().asString().contains("was=\"files\" now=\"api hub\" findings=1");
            shared.scan(ONE, TWO);
            assertThat(told()).hasSize(1);
        }

        @Test
        void nothing_is_told_where_it_names_all_and_all_is_its_own_from_then_on() {
            shared.scan(ONE, TWO, OTHER);
            shared.formerIsGone = true;

            shared.scan(ONE);

            assertThat(told()).isEmpty();
            assertThat(fails(ONE, TWO, OTHER)).isEqualTo(3);
        }

        @Test
        void of_a_pass_of_several_runs_its_end_counts() {
            shared.formerIsGone = true;

            shared.runs.endReading(read("pass", ONE));
            shared.runs.endReading(read("pass", OTHER));
            assertThat(fails(ONE, TWO, OTHER)).isEqualTo(3);

            shared.runs.endPass(Flow.NAME, "pass");
            assertThat(fails(ONE, OTHER)).isEqualTo(2);
            assertThat(fails(TWO)).isZero();
        }

        @Test
        void a_pass_of_which_a_run_failed_or_a_part_never_began_lets_nothing_go() {
            shared.formerIsGone = true;
            shared.runs.endReading(read("one", ONE));
            shared.runs.fail(read("one", OTHER), "it was refused");
            shared.runs.endPass(Flow.NAME, "one");

            shared.runs.endReading(read("two", ONE));
            shared.runs.endPass(Flow.NAME, "two", false);

            assertThat(fails(ONE, TWO, OTHER)).isEqualTo(3);
        }

        @Test
        void a_replay_lets_nothing_go() {
            shared.formerIsGone = true;
            shared.runs.begin(Flow.NAME, "scan");
            Run replay = shared.runs.beginBeside(Flow.NAME, "replay");
            shared.page(replay, ONE);
            shared.runs.endReading(replay);
            shared.runs.endReplay(Flow.NAME);

            assertThat(fails(ONE, TWO, OTHER)).isEqualTo(3);
        }

        @Test
        void a_pass_with_a_record_that_cannot_be_used_lets_nothing_go_and_says_so() {
            shared.formerIsGone = true;
            Run run = read("pass", ONE);
            run.hides(null);
            shared.runs.endReading(run);
            shared.runs.endPass(Flow.NAME, "pass");

            assertThat(fails(ONE, TWO, OTHER)).isEqualTo(3);
            assertThat(told()).singleElement().asString().contains("does nothing yet");
        }
    }

    @Test
    void a_flow_that_goes_back_to_what_it_read_before_goes_on_with_it() {
        world.origin = NOW;
        world.formerIsThere = true;
        world.scan(in(NOW, TWO));
        world.clock.advance(Duration.ofHours(1));
        world.origin = BEFORE;
        world.formerIsGone = true;

        world.scan(ONE, TWO, OTHER);

        assertThat(world.count("finding where result = 0 and id in (?, ?, ?)", ONE.id(), TWO.id(), OTHER.id()))
                .isEqualTo(3);
        assertThat(failing()).isEqualTo(3);
    }

    @Test
    void where_the_scope_tells_groups_apart_another_name_is_another_group() {
        try (LedgerWorld scoped = new LedgerWorld(database.open(), Flow.with(Map.of("group-by", "check,scope")))) {
            scoped.origin = BEFORE;
            scoped.scan(ONE);
            scoped.clock.advance(Duration.ofHours(1));
            scoped.origin = NOW;

            scoped.scan(in(NOW, ONE));

            assertThat(scoped.count("finding where result = 0")).isEqualTo(2);
        }
    }

    @Test
    void a_ledger_that_was_told_nothing_yet_takes_what_is_read_for_what_was_read() {
        try (LedgerWorld upgraded = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            upgraded.scan(ONE);
            upgraded.clock.advance(Duration.ofHours(1));
            upgraded.origin = BEFORE;
            upgraded.scan(ONE);
            upgraded.clock.advance(Duration.ofHours(1));
            upgraded.origin = NOW;

            upgraded.scan(in(NOW, ONE));

            assertThat(upgraded.count("finding")).isEqualTo(1);
        }
    }
}
