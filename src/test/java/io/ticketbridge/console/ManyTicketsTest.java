package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of a ledger with many tickets; that each is read from an index is {@code LookUpPlansTest}'s (P32). */
class ManyTicketsTest {
    private static final int TICKETS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void a_page_shows_its_rows_however_deep() {
        try (Bridge bridge =
                Bridge.in(folder).with("flow.cases.enabled", "false").scheduled()) {
            Browser browser = new Browser(bridge.engine().console().orElseThrow());
            bridge.importFile(Scan.of().fails("a", "1").write(folder));
            fill(bridge.engine().database());

            String page = browser.page("/tickets");
            List<String> seen = new ArrayList<>(numbers(page));
            for (int number = 2; number <= 21; number++) {
                page = browser.page(next(page));
                seen.addAll(numbers(page));
            }
            assertThat(seen).hasSize(21 * 50 - 1).doesNotHaveDuplicates();
            assertThat(browser.page("/tickets?flow=compliance&state=open")).contains("INC0000000001", "INC0000000002");
            assertThat(browser.page("/tickets?state=deleted"))
                    .contains("INC0000001999")
                    .doesNotContain("INC0000001998");
            assertThat(browser.page("/tickets?q=inc0000000042")).contains("control-000042");
            assertThat(browser.page("/tickets?q=control-00042")).contains("control-000420", "control-000429");
            assertThat(browser.page("/tickets?q=resource-1777")).contains("control-001777");
        }
    }

    /** Of those that were filled in: the newest of all is another. */
    private static List<String> numbers(String page) {
        return Pattern.compile("INC0000\\d{6}")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static String next(String page) {
        var link = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(page);
        assertThat(link.find()).as("a link to the next page").isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    /** Copies what is there, as many times as it takes; both databases take the same SQL. */
    private static void fill(LedgerDatabase database) {
        String series = database.client().sql("select 1").query(Integer.class).single() == 1 && isH2(database)
                ? "system_range(1, " + TICKETS + ") as s(n)"
                : "generate_series(1, " + TICKETS + ") as s(n)";
        String id = "cast(concat('00000000-0000-4000-8000-', lpad(cast(s.n as varchar), 12, '0')) as uuid)";
        String name = "lpad(cast(s.n as varchar), 6, '0')";
        run(
                database,
                "insert into finding_group (id, flow, label, label_key, grouping, head, version, settled, shown, run_id, pending,"
                        + " released, silenced, dead, due_at, attempts, fence) select " + id
                        + ", g.flow, concat('control-', "
                        + name + "), concat('control-', " + name
                        + "), g.grouping, g.head, 1, 1, 1, g.run_id, false, false, false,"
                        + " false, g.due_at, 0, 0 from " + series
                        + ", (select * from finding_group order by id limit 1) g");
        run(
                database,
                "insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, sys_id, number, state, phase,"
                        + " reached, opened_at, intended_at, recorded_at, seen_at, sent_fields, head) select " + id
                        + ", 1, t.flow, t.profile, t.table_name, concat('many-', " + name
                        + "), lpad(cast(s.n as varchar), 32, '0'),"
                        + " concat('INC0000', " + name
                        + "), t.state, case when s.n = 1999 then 'DELETED' else 'OPEN' end, false,"
                        + " t.opened_at, t.intended_at - s.n / 7 * interval '1' second, t.recorded_at, t.seen_at, t.sent_fields, t.head"
                        + " from " + series + ", (select * from ticket order by group_id limit 1) t");
        run(
                database,
                "insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope,"
                        + " account, region, check_id, resource_uid, resource_name, resource_type, message, first_seen, changed_at)"
                        + " select " + id + ", " + id
                        + ", f.content, 0, f.severity, 1, true, f.run_id, f.scope_id, f.source_scope,"
                        + " f.account, f.region, f.check_id, concat('resource-', cast(s.n as varchar)), concat('resource-', cast(s.n as varchar)), f.resource_type,"
                        + " f.message, f.first_seen, f.changed_at from " + series
                        + ", (select * from finding order by id limit 1) f");
        run(database, isH2(database) ? "analyze" : "analyze ticket, finding_group, finding");
    }

    private static boolean isH2(LedgerDatabase database) {
        try (var connection = database.dataSource().getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("H2");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(LedgerDatabase database, String sql) {
        database.client().sql(sql).update();
    }
}
