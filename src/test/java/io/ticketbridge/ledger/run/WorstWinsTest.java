package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ticket.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A scan that contradicts itself: the worst that it says of a finding counts, in whatever order and page it says so (P3). */
@ParameterizedClass
@EnumSource
class WorstWinsTest {
    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(List.of(Result.FAIL, Result.PASS), Result.FAIL),
                Arguments.of(List.of(Result.FAIL, Result.SUPPRESSED), Result.FAIL),
                Arguments.of(List.of(Result.FAIL, Result.INCONCLUSIVE), Result.FAIL),
                Arguments.of(List.of(Result.SUPPRESSED, Result.PASS), Result.SUPPRESSED),
                Arguments.of(List.of(Result.FAIL, Result.SUPPRESSED, Result.PASS), Result.FAIL));
    }

    /** The finding failed before, has a ticket and is known. */
    @ParameterizedTest
    @MethodSource("contradictions")
    void of_a_known_failure(List<Result> said, Result worst) {
        for (List<Result> order : permutations(said)) {
            for (int pages = 1; pages <= 2; pages++) {
                Finding finding = fail("check-" + order + pages, "one");
                world.scan(finding);
                world.deliver(finding, Action.OPEN);

                Run run = scan(finding, order, pages);

                assertThat(stored(finding)).as(order + " in " + pages).isEqualTo(worst);
                assertThat(world.accounts.of(run.id()).addsUp()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void of_something_new(List<Result> said, Result worst) {
        for (List<Result> order : permutations(said)) {
            for (int pages = 1; pages <= 2; pages++) {
                Finding finding = fail("check-" + order + pages, "one");

                Run run = scan(finding, order, pages);

                boolean kept = worst == Result.FAIL || worst == Result.SUPPRESSED;
                assertThat(stored(finding)).as(order + " in " + pages).isEqualTo(kept ? worst : null);
                assertThat(world.accounts.of(run.id()).addsUp()).isTrue();
            }
        }
    }

    @Test
    void the_next_scan_may_say_something_better() {
        Finding finding = fail("check", "one");
        world.scan(finding, pass(finding));
        world.deliver(finding, Action.OPEN);

        world.scan(pass(finding));

        assertThat(stored(finding)).isEqualTo(Result.PASS);
    }

    @Test
    void a_duplicate_record_is_unchanged() {
        Finding finding = fail("check", "one");

        Run run = world.scan(List.of(List.of(finding, finding), List.of(finding)));

        assertThat(world.claim(finding).group().failing()).isEqualTo(1);
        Map<String, Long> account = world.accounts.of(run.id()).findings();
        assertThat(account).containsEntry("held", 1L).containsEntry("unchanged", 2L);
    }

    /** Some products report one failure once per standard, each time with other words: the first counts. */
    @Test
    void records_of_one_failure_that_differ_in_their_words_do_not_make_news_of_every_rescan() {
        Finding one = fail("check", "one");
        Finding other = Findings.of("check", "one").title("In other words").finding();
        for (List<List<Finding>> scan : List.of(List.of(List.of(one, other)), List.of(List.of(one), List.of(other)))) {
            world.scan(scan);
            world.scan(scan);
            Run rescan = world.scan(scan);

            assertThat(world.count("finding where run_id = ?", rescan.id())).isZero();
            assertThat(world.accounts.of(rescan.id()).findings()).containsEntry("unchanged", 2L);
        }
    }

    private Run scan(Finding finding, List<Result> said, int pages) {
        List<Finding> findings = said.stream()
                .map(result -> new Findings(finding).with(result).finding())
                .toList();
        return pages == 1
                ? world.scan(List.of(findings))
                : world.scan(findings.stream().map(List::of).toList());
    }

    private static Finding pass(Finding finding) {
        return new Findings(finding).with(Result.PASS).finding();
    }

    private Result stored(Finding finding) {
        return world.database
                .client()
                .sql("select result from finding where id = :id")
                .param("id", finding.id())
                .query(Integer.class)
                .optional()
                .map(ordinal -> Result.values()[ordinal])
                .orElse(null);
    }

    private static List<List<Result>> permutations(List<Result> results) {
        if (results.size() == 1) {
            return List.of(results);
        }
        return results.stream()
                .flatMap(first -> permutations(
                                results.stream().filter(each -> each != first).toList())
                        .stream()
                        .map(rest ->
                                Stream.concat(Stream.of(first), rest.stream()).toList()))
                .toList();
    }
}
