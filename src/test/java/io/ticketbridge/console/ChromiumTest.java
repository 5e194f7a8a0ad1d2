package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser: without scripts, in light and dark, wide and narrow, and with what axe-core says of it.
 * {@code -Dscreenshots=docs/images} keeps a picture of each page, and of the first one also dark and narrow.
 */
@Tag("chromium")
@TestMethodOrder(MethodOrderer.MethodName.class)
@DisabledIf(value = "isMissing", disabledReason = "no Chromium at /usr/bin/chromium: apt-get install chromium")
class ChromiumTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int WIDE = 1200;
    private static final int NARROW = 360;
    private static final String PICTURES = System.getProperty("screenshots", "");

    @TempDir
    private static Path folder;

    private static Bridge bridge;
    private static String address;
    private static Playwright playwright;
    private static com.microsoft.playwright.Browser chromium;
    private static final AtomicBoolean MENDED = new AtomicBoolean();

    static boolean isMissing() {
        return !Files.isExecutable(CHROMIUM);
    }

    @BeforeAll
    static void start() throws IOException {
        bridge = Bridge.in(folder)
                .with("flow.compliance.max-new-tickets-per-run", "2")
                .with("flow.cases.poll", "1h")
                .scheduled();
        bridge.visionOne().addCase("Possible ransomware on file server FS-MUC-02", "P0");
        bridge.serviceNow()
                .settings()
                .abortWhen(
                        "incident",
                        "Security has its own category",
                        record ->
                                !MENDED.get() && record.get("short_description").contains("logging"));
        bridge.importFile(Scan.of()
                .fails("logging", "trail-1")
                .raw("{\"class_uid\": 2003}")
                .write(folder));
        SimulatedCloud cloud = SimulatedCloud.ofUsualSize(6, bridge.clock());
        bridge.importFile(cloud.writeScan(folder).toArray(Path[]::new));
        bridge.later(Duration.ofHours(2));
        cloud.failing().stream().limit(25).forEach(each -> cloud.fix(each.check(), each.resourceUid()));
        bridge.importFile(cloud.writeScan(folder).toArray(Path[]::new));
        address = bridge.engine().console().orElseThrow().toString();
        bridge.visionOne().addCase("Beaconing to a known command server", "P1");
        Browser asking = new Browser(URI.create(address));
        asking.post("/plan/make", Map.of("token", asking.token("/plan")));
        await().atMost(Duration.ofSeconds(60)).until(() -> asking.page("/plan").contains("The plan of"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (bridge != null) {
            bridge.close();
        }
    }

    private static BrowserContext context(int width, ColorScheme scheme, boolean scripts) {
        return chromium.newContext(new NewContextOptions()
                .setViewportSize(width, 800)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(scripts)
                .setBypassCSP(scripts));
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("flows", "/");
        pages.put("flow", "/flows/compliance");
        pages.put("tickets", "/tickets");
        pages.put("story", "/tickets/" + storyId());
        pages.put("plan", "/plan");
        pages.put("held", "/held");
        pages.put("dead-letters", "/dead-letters");
        pages.put("dead-letter", "/dead-letters/" + bridge.deadLetters().get(0).id());
        pages.put("not-found", "/nothing");
        return pages;
    }

    /** The group about which most was written. */
    private static String storyId() {
        return bridge.engine()
                .database()
                .client()
                .sql("select group_id from action group by group_id order by count(*) desc, group_id limit 1")
                .query(UUID.class)
                .single()
                .toString();
    }

    @Test
    void axe_finds_nothing_on_any_page_in_light_and_wide_or_dark_and_narrow() throws IOException {
        // Colours go by the scheme and the layout by the width: the two together show both.
        look(ColorScheme.LIGHT, WIDE);
        look(ColorScheme.DARK, NARROW);
        if (!PICTURES.isEmpty()) {
            look(ColorScheme.DARK, WIDE);
            look(ColorScheme.LIGHT, NARROW);
        }
    }

    private static void look(ColorScheme scheme, int width) throws IOException {
        try (BrowserContext context = context(width, scheme, true)) {
            Page page = context.newPage();
            for (Map.Entry<String, String> each : pages().entrySet()) {
                page.navigate(address.replaceAll("/$", "") + each.getValue());
                String what = each.getKey() + " " + scheme + " " + width;
                keepPicture(page, each.getKey(), scheme, width);
                assertThat(new AxeBuilder(page).analyze().getViolations())
                        .as(what)
                        .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().get(0).getHtml() + " "
                                + rule.getNodes().get(0).getFailureSummary())
                        .isEmpty();
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s scrolls sideways", what)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    private static void keepPicture(Page page, String name, ColorScheme scheme, int width) throws IOException {
        boolean isShown = width == WIDE && scheme == ColorScheme.LIGHT || name.equals("flows");
        if (!PICTURES.isEmpty() && isShown) {
            Files.createDirectories(Path.of(PICTURES));
            page.screenshot(new ScreenshotOptions()
                    .setPath(Path.of(
                            PICTURES,
                            "console-" + name + (scheme == ColorScheme.DARK ? "-dark" : "")
                                    + (width == NARROW ? "-narrow" : "") + ".png")));
        }
    }

    @Test
    void release_and_replay_work_by_click_without_scripts() {
        try (BrowserContext context = context(WIDE, ColorScheme.LIGHT, false)) {
            Page page = context.newPage();
            page.navigate(address);
            page.click("nav >> text=Held");
            assertThat(page.textContent("h1")).isEqualTo("Held");
            page.click("button:has-text('Release compliance')");
            assertThat(page.textContent("[role=status]")).contains("let go");
            await().until(() -> bridge.held() == 0 && bridge.engine().owing().isSettled());

            MENDED.set(true);
            page.click("nav >> text=Dead letters");
            page.click("button:has-text('Replay refused')");
            assertThat(page.textContent("main")).contains("gets another try");
            await().until(() -> bridge.deadLetters().stream()
                    .noneMatch(letter -> letter.kind().equals("refused")));
        }
    }
}
