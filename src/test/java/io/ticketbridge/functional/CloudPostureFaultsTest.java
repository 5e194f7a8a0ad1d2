package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.visionone.SimulatedPosture;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Cloud Posture may answer instead of all checks of an account: nothing is lost, and nothing is closed because of it. */
class CloudPostureFaultsTest {
    private static final String SMALL = "small";
    private static final String LARGE = "large";

    @TempDir
    private Path folder;

    private String small;
    private String large;

    /** One ticket per account: the small has one page, the large three, with ten failures each. */
    private Bridge bridge() {
        Bridge bridge = Bridge.in(folder)
                .withPosture()
                .with("flow.posture.group-by", "account")
                .withShortWaits();
        SimulatedPosture posture = bridge.visionOne().cloudPosture();
        small = posture.addAccount(SMALL, "aws", "111122223333");
        large = posture.addAccount(LARGE, "aws", "444455556666");
        fill(posture, small, 20);
        fill(posture, large, 450);
        return bridge;
    }

    private static void fill(SimulatedPosture posture, String account, int checks) {
        IntStream.range(0, checks)
                .forEach(i -> posture.addCheck(
                        account,
                        CloudPostureTest.check(
                                "S3-016",
                                "us-east-1",
                                String.format("r%03d", i),
                                i % 2 == 0 && i < 20 ? "FAILURE" : "SUCCESS")));
    }

    /** Every failing resource goes: the next whole scan would close every ticket. */
    private static void removeAll(Bridge bridge) {
        SimulatedPosture posture = bridge.visionOne().cloudPosture();
        posture.open().forEach(check -> posture.remove(check.id()));
    }

    private static Predicate<Request> checksOf(String account) {
        return request -> request.path().endsWith("/checks")
                && request.header("TMV1-Filter").orElse("").contains(account);
    }

    private static Predicate<Request> laterChecksOf(String account) {
        return checksOf(account).and(request -> request.query("skipToken").isPresent());
    }

    private static List<String> states(Bridge bridge) {
        return bridge.tickets().stream().map(ticket -> ticket.get("state")).toList();
    }

    private static Account of(Pass pass, String name) {
        return pass.accounts().stream()
                .filter(account -> account.scan().startsWith(name + ","))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void links_that_drop_the_dates_get_them_back_and_keep_the_host() {
        try (Bridge bridge = bridge()) {
            bridge.visionOne()
                    .faults()
                    .always(
                            path -> path.endsWith("/checks"),
                            HttpFault.rewritten(page -> page.put(
                                    "nextLink",
                                    page.path("nextLink").asText("").replaceAll("&(start|end|date)[^&]*", ""))));

            Pass pass = bridge.pollPosture();

            assertThat(pass.read()).isEqualTo(470);
            assertThat(bridge.visionOne().requests().matching(request -> request.path()
                            .endsWith("/checks")))
                    .hasSize(4)
                    .allMatch(request -> request.query().contains("startDateTime=1970-01-01T00%3A00%3A00Z")
                            && request.query().contains("dateTimeTarget=createdDate"))
                    .allMatch(request -> !request.headers().get("tmv1-filter").isEmpty());
            // Whether count says how many are on the page or in all makes no difference.
            bridge.visionOne().cloudPosture().countIsTotal(true);
            removeAll(bridge);
            assertThat(bridge.pollPosture().accounts()).hasSize(2).allMatch(account -> account.absent() == 10);
            assertThat(states(bridge)).containsExactly("6", "6");
        }
    }

    @Test
    void what_passes_is_tried_again_after_as_long_as_the_answer_says() {
        try (Bridge bridge = bridge()) {
            bridge.visionOne().faults().nextMatching(1, checksOf(small), VisionOneFaults.tooManyRequests(1));
            bridge.visionOne().faults().nextMatching(2, laterChecksOf(large), VisionOneFaults.serverError(503));
            bridge.visionOne()
                    .faults()
                    .next(1, path -> path.endsWith("/accounts"), VisionOneFaults.tooManyRequestsWithoutHeaders());

            Pass pass = bridge.pollPosture();

            assertThat(bridge.visionOne().faults().fired()).isEqualTo(4);
            assertThat(pass.failure()).isEmpty();
            assertThat(pass.read()).isEqualTo(470);
        }
    }

    @Test
    void an_account_that_fails_closes_nothing_and_keeps_no_other_from_being_read() {
        try (Bridge bridge = bridge()) {
            bridge.pollPosture();
            removeAll(bridge);
            bridge.visionOne().faults().nextMatching(100, laterChecksOf(large), VisionOneFaults.serverError(500));

            Pass pass = bridge.pollPosture();

            assertThat(of(pass, LARGE).state()).isEqualTo("failed");
            assertThat(of(pass, LARGE).absent()).isZero();
            assertThat(of(pass, SMALL).state()).isEqualTo("done");
            assertThat(of(pass, SMALL).absent()).isEqualTo(10);
            assertThat(states(bridge)).containsExactlyInAnyOrder("1", "6");

            bridge.visionOne().faults().clear();
            bridge.pollPosture();
            assertThat(states(bridge)).containsExactly("6", "6");
        }
    }

    @Test
    void lists_that_are_not_whole_close_nothing_and_the_log_says_why() {
        try (Bridge bridge = bridge();
                CapturedLog log = new CapturedLog()) {
            bridge.pollPosture();
            removeAll(bridge);
            bridge.visionOne().cloudPosture().countIsTotal(true);
            bridge.visionOne().faults().nextMatching(1, checksOf(large), VisionOneFaults.truncatedList());
            bridge.visionOne().faults().nextMatching(1, checksOf(small), VisionOneFaults.itemsNull());

            Pass pass = bridge.pollPosture();

            assertThat(pass.accounts()).hasSize(2).allMatch(account -> account.absent() == 0);
            assertThat(states(bridge)).containsExactly("1", "1");
            assertThat(log.lines(Level.WARN))
                    .anyMatch(line -> line.contains("An account was not read whole")
                            && line.contains("it ended after 200 of 440: accountId eq '" + large + "'"));
        }
    }

    @Test
    void a_check_that_goes_between_two_pages_does_not_make_another_look_gone() {
        try (Bridge bridge = bridge()) {
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            // The first check of the second page fails, and is pulled into the first when one of that goes.
            String pulled = posture.checks().stream()
                    .filter(check ->
                            check.accountId().equals(large) && check.resource().equals("r200"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            posture.breakAgain(pulled);
            bridge.with("flow.posture.group-by", "resource").pollPosture();
            String goes = pulled.replace("r200", "r001");
            bridge.visionOne().faults().nextMatching(1, laterChecksOf(large), (request, simulator) -> {
                posture.remove(goes);
                return simulator.handle(request);
            });

            Pass pass = bridge.pollPosture();

            assertThat(of(pass, LARGE).absent()).isZero();
            assertThat(bridge.ticket("on r200")).containsEntry("state", "1");
        }
    }

    @Test
    void a_part_that_cannot_be_divided_is_named_and_closes_nothing() {
        try (Bridge bridge = bridge().with("vision-one.cloud-posture-query-limit", "100");
                CapturedLog log = new CapturedLog()) {
            bridge.visionOne().cloudPosture().queryLimit(100);
            bridge.pollPosture();
            removeAll(bridge);

            Pass pass = bridge.pollPosture();

            assertThat(of(pass, LARGE).absent()).isZero();
            assertThat(of(pass, SMALL).absent()).isEqualTo(10);
            assertThat(log.lines(Level.WARN))
                    .anyMatch(
                            line -> line.contains(
                                    "can't be divided any more: accountId eq '" + large
                                            + "' and region eq 'us-east-1' and service eq 'S3' and riskLevel eq 'HIGH' and ruleId eq 'S3-016'"));
        }
    }

    @Test
    void what_the_flow_filters_at_the_source_is_never_closed_by_absence() {
        String filter = "(riskLevel eq 'HIGH' or riskLevel eq 'EXTREME') and not status eq 'NONE'";
        try (Bridge bridge = bridge().with("flow.posture.source-filter", filter)) {
            bridge.pollPosture();
            assertThat(states(bridge)).containsExactly("1", "1");
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            posture.open().forEach(check -> posture.update(check.id(), Map.of("riskLevel", "LOW")));

            Pass pass = bridge.pollPosture();

            assertThat(pass.failure()).isEmpty();
            assertThat(pass.accounts()).hasSize(2).allMatch(account -> account.absent() == 0);
            assertThat(states(bridge)).containsExactly("1", "1");
        }
    }

    @Test
    void a_bad_check_costs_only_itself_and_a_strange_one_nothing() {
        try (Bridge bridge = bridge()) {
            bridge.visionOne().faults().nextMatching(1, checksOf(small), VisionOneFaults.nullItem());
            bridge.visionOne().faults().nextMatching(1, checksOf(large), VisionOneFaults.unknownFieldsAndValues(1));

            Pass pass = bridge.pollPosture();

            assertThat(pass.findings()).containsEntry("dead", 1L);
            assertThat(pass.read()).isEqualTo(471);
            assertThat(bridge.deadLetters()).hasSize(1);
        }
    }

    @Test
    void a_service_that_does_not_keep_to_the_filter_is_not_believed() {
        try (Bridge bridge = bridge()) {
            bridge.visionOne().faults().always(path -> path.endsWith("/checks"), (request, simulator) -> {
                var headers = new HashMap<>(request.headers());
                headers.remove("tmv1-filter");
                return simulator.handle(
                        new Request(request.method(), request.path(), request.rawQuery(), headers, request.body()));
            });

            Pass pass = bridge.pollPosture();

            assertThat(pass.accounts()).hasSize(2).allMatch(account -> account.state()
                    .equals("failed"));
            assertThat(pass.failure().orElse("")).contains("Checks were asked for with accountId eq");
        }
    }

    @Test
    void a_missing_right_and_a_wrong_path_are_named_by_check_and_by_the_run() {
        try (Bridge bridge = bridge().with("flow.cases.enabled", "false")) {
            CommandRun good = check(bridge);
            assertThat(good.out()).contains("its accounts may be read", "its checks may be read");

            Runnable off = bridge.visionOne()
                    .faults()
                    .always(path -> path.endsWith("/checks"), VisionOneFaults.accessDenied());
            CommandRun denied = check(bridge);
            off.run();
            assertThat(denied.out())
                    .contains("token: the token's role may not read /beta/cloudPosture/checks")
                    .contains("give the API key's role the right to view Cloud Posture");

            bridge.with("flow.posture.source-filter", "riskLevel eq 'HIGH' or riskLevel eq 'EXTREME'");
            assertThat(check(bridge).out()).contains("source-filter: Cloud Posture does not take the query");
            bridge.with("flow.posture.source-filter", null);

            bridge.with("vision-one.cloud-posture-path", "/v9.0/cloudPosture");
            assertThat(check(bridge).out())
                    .contains("there is no /v9.0/cloudPosture/accounts at "
                            + bridge.visionOne().url())
                    .contains("set ticketbridge.vision-one.cloud-posture-path to");
            assertThat(bridge.pollPosture().failure().orElse("")).contains("/v9.0/cloudPosture/accounts answered 404");
        }
    }

    private static CommandRun check(Bridge bridge) {
        return CommandRun.of("check", "--config", bridge.config().toString());
    }
}
