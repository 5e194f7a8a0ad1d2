package io.ticketbridge.ledger.pass;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.aggregate.Grouping;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.budget.Quota;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Listed;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text from a source is data, whatever it holds, in every column that it reaches (P38). */
@ParameterizedClass
@EnumSource
class TextsTest {
    @Parameter
    FreshDatabase database;

    static Stream<String> awkward() {
        return Stream.of(
                "nul \0 in \0 the middle",
                "the letters \\u0000 are no NUL",
                "\\",
                "\\\\u0000",
                "four bytes \uD83D\uDE00, three \u4E2D, two \u00E9",
                "'; drop table finding; -- %s {0} :name ? $1 ${body}",
                "\"quoted\" and\nbroken\tlines\u0007",
                "x".repeat(300_000),
                "x" + "\uD83D\uDE00".repeat(120_000),
                "\uD83D\uDE00".repeat(120_000));
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void passes_through_every_column(String text) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("control,account,resource"))) {
            Finding finding = everywhere(text);
            Run run = world.runs.begin(Flow.NAME, text);
            world.page(run, finding, new Unreadable(text, text));
            world.deadLetters.unreadable(Flow.NAME, run.id(), "unreadable", text, text, SameRecord.digest(text));
            world.endScan(run);

            GroupCase claimed = world.claim(finding);
            Head head = claimed.group().head();
            assertThat(head.description()).isEqualTo(withoutNul(text));
            assertThat(head.attributes()).containsEntry(withoutNul(name(text)), withoutNul(text));
            assertThat(head.notes().get(0).text()).isEqualTo(withoutNul(text));
            Listed listed = world.groupFindings.failing(claimed.group().id(), 1).get(0);
            Stream.of(listed.account(), listed.resourceUid(), listed.resourceName(), listed.message())
                    .forEach(kept -> assertThat(kept).isEqualTo(cut(text)));

            Intent planned = Intent.of(claimed, new Decision(Action.OPEN, 1, text));
            Intent intent = world.groups
                    .intend(claimed, planned, text, "incident", "incident", Quota.NONE)
                    .orElseThrow();
            world.records.recordOpened(
                    claimed,
                    intent,
                    new Seen("sys", "INC1", "1", Phase.OPEN, Instant.EPOCH),
                    Map.of("description", text),
                    text,
                    false);
            assertThat(world.tickets.latest(claimed.group().id()).orElseThrow().sentFields())
                    .containsEntry("description", withoutNul(text));
            world.intents.refused(intent, text);
            world.deadLetters.refused(
                    Flow.NAME, run.id(), "refused", claimed.group().id(), text, text);
            world.groups.hold(claimed, text);
            world.runs.fail(run, text);

            assertThat(world.deadLetters.open().of(9)).hasSize(2);
            Run rescan = world.scan(everywhere(text));
            assertThat(world.accounts.of(rescan.id()).addsUp()).isTrue();
            assertThat(world.claim(finding).group().failing()).isEqualTo(1);
        }
    }

    private static Finding everywhere(String text) {
        return new Finding(
                text,
                text,
                text,
                text,
                new Resource(text, text, text),
                Result.FAIL,
                Severity.HIGH,
                text,
                text,
                text,
                text,
                text,
                List.of(new Control("", text, text)),
                Instant.EPOCH,
                Map.of(name(text), text),
                List.of(new Note(text, text, Instant.EPOCH, text)));
    }

    /** Names of attributes come from the source as well, but none is endless. */
    private static String name(String text) {
        return "name "
                + text.codePoints()
                        .limit(1000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    private static String withoutNul(String text) {
        return text.replace("\0", "");
    }

    /** To what the columns hold, never inside a character; PostgreSQL can't keep half of one. */
    private static String cut(String text) {
        String clean = withoutNul(text);
        if (clean.length() <= 100_000) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(99_999)) ? 99_999 : 100_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Result.class,
            names = {"FAIL", "PASS"})
    void a_step_that_fails_on_a_membership_costs_its_finding_and_nothing_else(Result result) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            Finding one = fail("check", "one");
            Finding two = fail("check", "two");
            world.scan(one, two);
            world.deliver(one, Action.OPEN);
            BadRecords bad =
                    new BadRecords(world.pages, world.deadLetters, RunListener.NONE, text -> text, Trail.OF_RUNS);
            Finding worse =
                    new Findings(one).with(result).with(Severity.CRITICAL).finding();
            Run run = world.runs.begin(Flow.NAME, "scan");
            world.pages.open(run, List.of(worse, two));
            world.one(worse);
            world.one(two);
            Exchange failed =
                    LedgerWorld.exchange(Grouping.memberships(worse, world.flow).get(0));
            failed.setProperty("run", run);
            failed.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("a step of somebody's"));
            bad.bury(failed);
            world.pages.close();
            world.endScan(run);

            assertThat(world.accounts.of(run.id()).findings())
                    .containsEntry("dead", 1L)
                    .containsEntry("unchanged", 1L)
                    .containsEntry("filtered", 0L);
            assertThat(world.accounts.of(run.id()).addsUp()).isTrue();
            assertThat(world.handedOut()).isEmpty();
            assertThat(world.deadLetters.open().of(9))
                    .extracting(DeadLetters.DeadLetter::error)
                    .containsExactly("a step of somebody's");
            assertThat(run.isComplete()).isFalse();
        }
    }
}
