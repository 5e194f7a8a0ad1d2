package io.ticketbridge.source.workloadprotection;

import static io.ticketbridge.source.workloadprotection.ResourceNormaliserTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.source.UnexpectedAnswer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which lists a scan asks for, and when it takes them for whole. */
class ControlScanTest {
    private final RequirementPages pages = new RequirementPages("");
    private final ControlScan scan = new ControlScan("flow", "scope", pages, Instant.EPOCH);

    private static JsonNode requirement(String policy, String zone, String controls) {
        return json("{'name': 'R', 'requirementId': '1', 'policyId': '" + policy + "', 'policyName': 'P" + policy
                + "', 'zone': {'id': '" + zone + "'}, 'controls': [" + controls + "]}");
    }

    private static String control(String id, String list, int failing, int accepted) {
        return "{'id': '" + id + "', 'name': 'C" + id + "', 'pass': " + (failing == 0) + ", 'objectsCount': " + failing
                + ", 'acceptedCount': '" + accepted
                + "', 'passingCount': 7, 'resourceApiEndpoint': '/api/cspm/v1/cloud/resources?filter="
                + list + "'}";
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        ResourcePages lists = scan.getLists();
        while (lists.hasNext()) {
            asked.add(lists.nextCall().query().replaceAll("&page.*|filter=", ""));
            lists.accept(json("{'data': [], 'totalCount': 0}"));
        }
        return asked;
    }

    private static KnownZones noZones() {
        return new KnownZones(new Watermarks(FreshDatabase.H2.open(), Clock.systemUTC()));
    }

    @Test
    void a_list_is_asked_for_once_and_only_if_something_fails_or_is_accepted_in_it() {
        scan.take(List.of(
                requirement("1", "a", control("1", "1a", 3, 0) + "," + control("2", "2a", 0, 0)),
                requirement("1", "a", control("1", "1a", 3, 0)),
                requirement("2", "a", control("1", "1a2", 3, 0)),
                requirement("2", "b", control("1", "1b", 0, 0) + "," + control("3", "3b", 0, 4))));
        scan.askFor(noZones());

        assertThat(asked()).containsExactly("1a", "1a2", "3b");
    }

    @Test
    void a_control_that_names_another_place_is_not_followed_and_proves_nothing() {
        scan.take(List.of(requirement(
                "1",
                "a",
                control("1", "x", 3, 0).replace("/api/cspm/v1/", "https://evil.example.com/") + ","
                        + control("2", "2a", 1, 0))));
        scan.askFor(noZones());

        assertThat(asked()).containsExactly("2a");
        assertThat(scan.getMissing()).contains("1 of 2 controls", "C1 (1): it names no list of the posture API");
    }

    @Test
    void a_control_without_an_id_is_a_dead_letter() {
        scan.take(List.of(requirement("1", "a", "{'name': 'nameless'}")));

        assertThat(scan.collected()).singleElement().isInstanceOf(Unreadable.class);
    }

    @Test
    void requirements_are_read_from_page_1_on_until_as_many_are_there_as_were_announced() {
        assertThat(pages.nextCall())
                .isEqualTo(new PostureCall("/api/cspm/v1/compliance/requirements", "pageSize=50&pageNumber=1"));
        pages.accept(page(50, "'60'"));
        assertThat(pages.hasNext()).isTrue();
        assertThat(pages.nextCall().query()).endsWith("pageNumber=2");
        pages.accept(page(10, "'60'"));

        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    void requirements_that_end_early_or_do_not_say_how_many_they_are_fail_the_run() {
        pages.accept(page(50, "60"));
        assertThatThrownBy(() -> pages.accept(page(0, "60")))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("ended after 50 of 60");
        assertThatThrownBy(() -> new RequirementPages("").accept(json("{'data': []}")))
                .hasMessageContaining("do not say how many");
        assertThatThrownBy(() -> new RequirementPages("").accept(json("[]"))).hasMessageContaining("are no list");
        assertThatThrownBy(() -> new RequirementPages("").accept(new Unread("it answered 503")))
                .hasMessageContaining("it answered 503");
    }

    @Test
    void a_server_with_smaller_pages_is_followed_to_its_end_and_one_that_repeats_itself_is_left() {
        PostureControl control = new PostureControl(json("{'id': '1'}"));
        ResourceList list = new ResourceList(Endpoint.of("/api/cspm/v1/x"), 0, false);
        ResourcePages lists = new ResourcePages();
        lists.add(control, List.of(list, list));

        assertThat(lists.accept(resources(0, 10, 20)).endsControl()).isFalse();
        assertThat(lists.accept(resources(10, 20, 20)).gap()).isEmpty();
        lists.accept(resources(0, 50, 200));
        ResourcePage repeated = lists.accept(resources(0, 50, 200));

        assertThat(repeated.endsControl()).isTrue();
        assertThat(repeated.gap())
                .hasValueSatisfying(gap -> assertThat(gap.why()).contains("ended after 100 of 200"));
        assertThat(lists.hasNext()).isFalse();
    }

    private static JsonNode page(int size, String total) {
        return json("{'data': ["
                + IntStream.range(0, size).mapToObj(i -> "{}").collect(Collectors.joining(","))
                + "], 'totalCount': " + total + "}");
    }

    private static JsonNode resources(int from, int to, int total) {
        return json("{'data': ["
                + IntStream.range(from, to)
                        .mapToObj(i -> "{'hash': '" + i + "'}")
                        .collect(Collectors.joining(","))
                + "], 'totalCount': " + total + "}");
    }
}
