package io.ticketbridge.deliver.text;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.deliver.Delivery;
import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template that can't be filled in: named at the start where it never can, and by its ticket where it sometimes can't. */
class TemplatesTest {
    private static final String SETTING = "profile.incident.on-resolve.close_notes";

    private static List<String> problems(String setting, String template) {
        List<String> problems = new ArrayList<>();
        new Templates(new DefaultCamelContext())
                .compile(Flow.settings(Map.of(setting, template)).profiles().values(), problems);
        return problems;
    }

    @ParameterizedTest
    @ValueSource(strings = {"${body.titel}", "All well: ${body.titel}.", "${body.titel.toUpperCase()}"})
    void a_name_that_no_ticket_has_is_named_at_the_start_with_those_that_it_has(String template) {
        assertThat(problems(SETTING, template))
                .singleElement()
                .asString()
                .startsWith("ticketbridge." + SETTING + " asks for ${body.titel}, which a ticket does not have")
                .contains("title", "key", "attributes", "resources");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body.title} on ${body.resource}",
                "${body.attributes[owner].toUpperCase()}",
                "${body.attributes.owner}",
                "${body.added[team]}",
                "${body.title.substring(0, 5)}",
                "${date:now:yyyy} ${body.getTitle}",
                "${body}"
            })
    void what_an_empty_ticket_lacks_a_real_one_may_have(String template) {
        assertThat(problems(SETTING, template)).isEmpty();
    }

    @Test
    void a_template_that_fails_for_a_ticket_names_its_setting_and_what_is_wrong() {
        String template = "${body.attributes[owner].toUpperCase()}";
        try (DeliveryWorld world =
                new DeliveryWorld(Map.of("group-by", "check", "profile.incident.field.u_owner", template))) {
            Finding without = fail("s3-public", "one");
            world.ledger.scan(without);
            world.templates.compile(world.settings.profiles().values(), new ArrayList<>());
            Delivery delivery = world.intended(without, Action.OPEN, "no ticket yet");

            assertThatThrownBy(() -> world.draft(delivery))
                    .isInstanceOf(UnusableValue.class)
                    .hasMessageStartingWith("The template ticketbridge.profile.incident.field.u_owner (" + template
                            + ") fails for this ticket: ");
        }
    }
}
