package io.ticketbridge.deliver.text;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.InstanceChecks;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record is adopted by what the group has, and never because ServiceNow answered with everybody's (P16). */
class AdoptQueriesTest {
    private static final String PROPERTY = "ticketbridge.profile.incident.adopt-query";
    private static final List<Map<String, Object>> STRANGERS = List.of(Map.of("sys_id", "somebody else's"));

    private final List<String> asked = new ArrayList<>();
    private DeliveryWorld world;

    @AfterEach
    void close() {
        world.close();
    }

    private ServiceNowCall query(String template, Finding finding) {
        if (world == null) {
            world = new DeliveryWorld(Map.of("group-by", "check", "profile.incident.adopt-query", template));
        }
        world.ledger.scan(finding);
        return world.drafts.adoptQuery(world.intended(finding, Action.OPEN, "no ticket yet"));
    }

    private void answers(List<Map<String, Object>> rows) {
        world.answers("incident", call -> {
            asked.add(text(call));
            return rows;
        });
    }

    private static String text(ServiceNowCall call) {
        return String.valueOf(call.headers().get(ServiceNowConstants.SYSPARM_QUERY));
    }

    @Test
    void the_group_s_values_stand_in_the_query_and_one_row_more_than_can_be_told_apart_is_read() {
        ServiceNowCall call =
                query("short_description=${body.title}^u_key=${body.key}^active=true", fail("s3-public", "one"));

        assertThat(text(call)).isEqualTo("short_description=Title of s3-public^u_key=s3-public^active=true");
        assertThat(call.headers()).containsEntry(ServiceNowConstants.SYSPARM_LIMIT, 11);
    }

    @Test
    void a_query_that_finds_something_for_values_that_no_record_has_is_not_used() {
        world = new DeliveryWorld(
                Map.of("group-by", "check", "profile.incident.adopt-query", "shortdescription=${body.title}"));
        answers(STRANGERS);

        assertThatThrownBy(() -> query("", fail("s3-public", "one")))
                .isInstanceOf(WrongAnswer.class)
                .hasMessageStartingWith(PROPERTY + " finds records of incident for values that no record has");
        assertThatThrownBy(() -> query("", fail("s3-open", "one"))).isInstanceOf(WrongAnswer.class);
        assertThat(asked).singleElement().asString().matches("shortdescription=ticketbridge-probe-[0-9a-f-]{36}");

        world.ledger.clock.advance(Duration.ofMinutes(1));
        answers(List.of());
        assertThat(text(query("", fail("s3-closed", "one")))).isEqualTo("shortdescription=Title of s3-closed");
        query("", fail("s3-hidden", "one"));
        assertThat(asked).as("once it is trusted, it is not asked again").hasSize(2);
    }

    @Test
    void a_value_that_is_not_there_is_an_error_and_no_query() {
        assertThatThrownBy(() -> query("u_asset=${body.attributes[asset]}^active=true", fail("s3-public", "one")))
                .isInstanceOf(UnusableValue.class)
                .hasMessageContaining(PROPERTY + ": ${body.attributes[asset]} is empty for this group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmd /c p^o^wershell", "JavaScript:gs.getUserID()", "two\u2028lines"})
    void a_value_that_would_be_more_than_a_value_is_the_fault_of_its_group_alone(String title) {
        assertThatThrownBy(() -> query("short_description=${body.title}", titled(title)))
                .isInstanceOf(UnusableValue.class)
                .hasMessageContaining(PROPERTY + ": ${body.title} of this group holds ^ or control characters");
    }

    @Test
    void a_title_that_speaks_of_scripts_is_a_value_like_any_other() {
        assertThat(text(query("short_descriptionLIKE${body.title}", titled("Links must not use javascript: URLs"))))
                .isEqualTo("short_descriptionLIKELinks must not use javascript: URLs");
    }

    private static Finding titled(String title) {
        return Findings.of("s3-public", "one").title(title).finding();
    }

    @Test
    void a_check_names_a_query_that_asks_for_nothing() {
        world = new DeliveryWorld(
                Map.of("group-by", "check", "profile.incident.adopt-query", "shortdescription=${body.title}"));
        ProfileSettings profile = world.settings.profiles().get("incident");

        assertThat(checked(profile, STRANGERS)).satisfies(found -> {
            assertThat(found.verdict()).isEqualTo(Checked.Verdict.PROBLEM);
            assertThat(found.text()).startsWith(PROPERTY);
            assertThat(found.cure()).contains("correct its columns");
        });
        assertThat(checked(profile, List.of()).verdict()).isEqualTo(Checked.Verdict.OK);
    }

    private static Checked checked(ProfileSettings profile, List<Map<String, Object>> rows) {
        return new InstanceChecks(
                        Flow.settings(Map.of()).serviceNow(),
                        call -> text(call).startsWith("shortdescription=ticketbridge-probe-") ? rows : List.of())
                .profile(profile, List.of()).stream()
                        .filter(each -> each.name().equals("adopt-query of profile incident"))
                        .findFirst()
                        .orElseThrow();
    }
}
