package io.ticketbridge.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is spared its own exchange is told just as the filter tells it: three ledgers, one history, three ways. */
class SparedFindingsTest {
    private static final int SCANS = 80;
    private static final String[] FLAGS = {
        "released = true", "held = 'a breaker'", "held = null", "dead = true, pending = false", "grouping = 'older'"
    };

    @ParameterizedTest
    @ValueSource(strings = {"check", "resource", "check,resource"})
    void a_page_without_what_is_known_leaves_the_same_ledger_and_the_same_accounts(String groupBy) {
        Random random = new Random(groupBy.hashCode());
        int spared = 0;
        try (LedgerWorld whole = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy(groupBy));
                LedgerWorld asking = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy(groupBy));
                LedgerWorld knowing = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy(groupBy), 0)) {
            for (int scan = 0; scan < SCANS; scan++) {
                List<List<Finding>> pages = List.of(page(random), page(random));
                boolean complete = random.nextBoolean();
                for (LedgerWorld world : List.of(whole, asking, knowing)) {
                    world.complete = complete;
                    Run run = world.runs.begin(Flow.NAME, "scan");
                    for (List<Finding> page : pages) {
                        world.pages.open(run, page);
                        List<? extends SourceRecord> rest = world == whole ? page : world.seen.withoutKnown(page);
                        spared += page.size() - rest.size();
                        rest.forEach(world::one);
                        world.pages.close();
                    }
                    world.endScan(run);
                }

                assertThat(ledger(asking)).as("after scan %d", scan).isEqualTo(ledger(whole));
                assertThat(ledger(knowing)).as("after scan %d", scan).isEqualTo(ledger(whole));
                String flag = FLAGS[random.nextInt(FLAGS.length)];
                int which = random.nextInt(4);
                for (LedgerWorld world : List.of(whole, asking, knowing)) {
                    world.database
                            .jdbc()
                            .update("update finding_group set " + flag + " where label_key like ?", "%" + which + "%");
                }
            }
        }
        assertThat(spared).isGreaterThan(2 * SCANS);
    }

    /** Some are named twice, and say something else the second time. */
    private static List<Finding> page(Random random) {
        List<Finding> page = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            page.add(Findings.of("check-" + random.nextInt(3), "thing-" + random.nextInt(4))
                    .with(random.nextInt(3) > 0 ? Result.FAIL : Result.values()[random.nextInt(4)])
                    .with(random.nextInt(4) > 0 ? Severity.MEDIUM : Severity.HIGH)
                    .finding());
        }
        return page;
    }

    private static List<Map<String, Object>> ledger(LedgerWorld world) {
        List<Map<String, Object>> rows = new ArrayList<>(
                world.database
                        .jdbc()
                        .queryForList(
                                """
                                select id, group_id, content, result, severity, version, listed, run_id from finding
                                order by id, group_id"""));
        rows.addAll(
                world.database
                        .jdbc()
                        .queryForList(
                                """
                                select id, read_count, unchanged_count, inconclusive_count, suppressed_count, filtered_count,
                                    dead_count, absent_count from run order by id"""));
        rows.addAll(world.database
                .jdbc()
                .queryForList("select id, version, pending, released, dead from finding_group order by id"));
        return rows;
    }
}
