package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.LedgerDatabase;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Pages with 100,000 tickets, and as many findings, take about as long as with three: fifty times as long is allowed, for
 * others use the machine too; a page that read every row would take hundreds of times (P32).
 */
class ManyTicketsTest {
    private static final int TICKETS = 100_000;
    private static final int TIMES = 15;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_page_takes_no_longer_because_there_are_many_tickets(Ledger ledger) {
        try (Bridge bridge =
                Bridge.in(folder, ledger).with("flow.cases.enabled", "false").scheduled()) {
            Browser browser = new Browser(bridge.engine().console().orElseThrow());
            bridge.importFile(
                    Scan.of().fails("a", "1").fails("b", "1").fails("c", "1").write(folder));
            Map<String, String> pages = new LinkedHashMap<>();
            pages.put("/tickets", "/tickets");
            pages.put("/tickets of a flow and state", "/tickets?flow=compliance&state=open");
            pages.put("/tickets of a rare state", "/tickets?state=deleted");
            pages.put("/tickets of a number", "/tickets?q=inc0000000042");
            pages.put("/tickets of a control", "/tickets?q=control-00042");
            pages.put("/", "/");
            pages.put("/flows/compliance", "/flows/compliance");
            pages.forEach((name, page) -> median(browser, page));
            double few = median(browser, "/tickets");

            fill(bridge.engine().database());

            String deep = "/tickets";
            for (int i = 0; i < 20; i++) {
                deep = next(browser.page(deep));
            }
            pages.put("/tickets, page 21", deep);
            Map<String, Double> times = new LinkedHashMap<>();
            pages.forEach((name, page) -> times.put(name, median(browser, page)));
            LoggerFactory.getLogger(ManyTicketsTest.class).info("{}: few={} ms, many={}", ledger, few, times);
            assertThat(browser.page("/tickets?q=control-00042")).contains("control-000420", "control-000429");
            assertThat(browser.page("/tickets?q=resource-77777")).contains("control-077777");
            assertThat(times)
                    .allSatisfy((name, time) -> assertThat(time).as(name).isLessThan(50 * Math.max(few, 5)));
        }
    }

    /** In milliseconds. */
    private static double median(Browser browser, String page) {
        double[] times = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            browser.page(page);
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        return times[TIMES / 2];
    }

    private static String next(String page) {
        var link = java.util.regex.Pattern.compile("rel=\"next\" href=\"([^\"]+)\"")
                .matcher(page);
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
                        + "), t.state, case when mod(s.n, 3) = 0 then 'RESOLVED' else 'OPEN' end, false,"
                        + " t.opened_at, t.intended_at - s.n * interval '1' second, t.recorded_at, t.seen_at, t.sent_fields, t.head"
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
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(LedgerDatabase database, String sql) {
        database.client().sql(sql).update();
    }
}
