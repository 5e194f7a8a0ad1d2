package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the console over HTTP, from the real engine (P32, P38). */
class ConsoleTest {
    @TempDir
    private Path folder;

    private Bridge bridge;
    private Browser browser;

    @BeforeEach
    void start() {
        bridge = Bridge.in(folder).with("flow.cases.enabled", "false").scheduled();
        browser = new Browser(bridge.engine().console().orElseThrow());
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void every_page_is_there_before_anything_has_happened() {
        assertThat(browser.page("/")).contains("<h1>Flows</h1>", "compliance", "by import");
        assertThat(browser.page("/flows/compliance")).contains("It has not run yet");
        assertThat(browser.page("/tickets")).contains("No ticket has been opened yet");
        assertThat(browser.page("/held")).contains("Nothing is held");
        assertThat(browser.page("/dead-letters")).contains("There are no dead letters");
        assertThat(browser.get("/console.css").headers().firstValue("content-type"))
                .hasValue("text/css; charset=utf-8");
        assertThat(browser.get("/icon.svg").headers().firstValue("content-type"))
                .hasValue("image/svg+xml");
    }

    @Test
    void a_run_shows_with_its_account_and_its_tickets_with_their_story() {
        bridge.importFile(Scan.of()
                .fails("open-ssh", "sg-1", "sg-2")
                .fails("public-bucket", "bucket-1")
                .write(folder));
        String number = bridge.ticket("open-ssh").get("number");

        assertThat(browser.page("/")).contains(">2</a>", "Findings that fail");
        assertThat(browser.page("/flows/compliance")).contains("findings</span> opened", "tickets</span> opened");
        assertThat(browser.page("/tickets")).contains(number);
        String story = browser.page(link(browser.page("/tickets?q=" + number), number));
        assertThat(story).contains("sg-1", "sg-2", "What happened", number, "short_description");
    }

    @Test
    void an_id_that_stands_for_two_things_is_named_with_its_check_on_the_flow_s_page_and_by_status() {
        bridge.importFile(Scan.of()
                .saying("key 1 is old")
                .fails("keys", "user-<1>")
                .saying("key 2 is old")
                .fails("keys", "user-<1>")
                .write(folder));

        assertThat(browser.page("/flows/compliance"))
                .contains("Doubtful ids", "keys", "the scan says different things of one id", "user-&lt;1&gt;")
                .doesNotContain("user-<1>");
        CommandRun status = CommandRun.of("status", "--config", bridge.config().toString());
        assertThat(status.out()).contains("check keys of ", "1 finding in run ", "user-<1>");
    }

    @Test
    void text_from_a_source_is_shown_and_never_becomes_part_of_the_page() {
        String evil = "<script>alert(1)</script><img src=x onerror=y>\"'";
        bridge.importFile(
                Scan.of().saying(evil).fails("check-<b>bold</b>", "sg-<i>1</i>").write(folder));
        String number = bridge.ticket().get("number");
        String list = browser.page("/tickets");
        String story = browser.page(link(list, number));

        assertThat(list).contains("check-&lt;b&gt;bold&lt;/b&gt;");
        assertThat(list + story).doesNotContain("<script", "<b>bold", "<i>1", "<img src=x");
        assertThat(story).contains("&lt;script&gt;", "sg-&lt;i&gt;1&lt;/i&gt;");
        assertThat(browser.page("/tickets?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void what_is_unknown_is_not_found_in_words() {
        for (String path : new String[] {
            "/nothing",
            "/tickets/1",
            "/flows/none",
            "/flows/",
            "/dead-letters/77",
            "/console.css/x",
            "/..%2f",
            "/%00",
            "/tickets/00000000-0000-0000-0000-000000000000",
            "/observe/health",
            "/dev"
        }) {
            HttpResponse<String> response = browser.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(response.body()).as(path).contains("<h1>Not found</h1>").doesNotContain("Exception", "\tat ");
        }
        assertThat(browser.send("DELETE", "/").statusCode()).isEqualTo(405);
        assertThat(browser.get("/tickets?state=nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void tickets_and_findings_are_paged_by_key() {
        String[] resources =
                IntStream.range(0, 120).mapToObj(i -> "sg-%03d".formatted(i)).toArray(String[]::new);
        bridge.importFile(Scan.of().fails("open-ssh", resources).write(folder));
        String story = link(browser.page("/tickets"), bridge.ticket().get("number"));

        String first = browser.page(story);
        String second = browser.page(next(first));
        String third = browser.page(next(second));

        assertThat(third).doesNotContain("rel=\"next\"");
        assertThat(IntStream.range(0, 120).filter(i -> count(first + second + third, ">sg-%03d <".formatted(i)) == 1))
                .hasSize(120);
    }

    private static int count(String page, String what) {
        return page.split(Pattern.quote(what), -1).length - 1;
    }

    private static String next(String page) {
        var link = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(page);
        assertThat(link.find()).as("a link to the next page").isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    private static String link(String page, String text) {
        var link = Pattern.compile("href=\"([^\"]+)\">" + text + "<").matcher(page);
        assertThat(link.find()).as("a link to %s", text).isTrue();
        return link.group(1);
    }
}
