package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a ticket says, and what each write to it changes. */
class DraftsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");
    private DeliveryWorld world;

    private void open(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of("group-by", "check"));
        keys.putAll(more);
        world = new DeliveryWorld(keys);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Map<String, String> opened(Finding... findings) {
        world.ledger.scan(findings);
        return world.draft(world.intended(findings[0], Action.OPEN, "no ticket yet"));
    }

    @Test
    void a_profile_with_nothing_but_a_table_says_what_a_person_needs() {
        open(Map.of());
        Finding finding = Findings.of("s3-public", "one")
                .controls(
                        new Control("CIS-1.4", "2.1", ""), new Control("CIS-1.4", "2.2", ""), new Control("", "x", ""))
                .with(Severity.CRITICAL)
                .finding();

        Map<String, String> sent = opened(finding);

        assertThat(sent.get("short_description")).isEqualTo("Title of s3-public");
        assertThat(sent.get("description"))
                .contains(
                        "Description of s3-public",
                        "What to do: Switch it on",
                        "More: https://docs.example/s3-public",
                        "Serves: CIS-1.4 2.1, 2.2",
                        "Check: s3-public",
                        "1 resource fails:",
                        "- one [123456789012, eu-west-1]: seen on one");
        assertThat(sent)
                .containsEntry("impact", "1")
                .containsEntry("urgency", "1")
                .doesNotContainKey("priority");
        assertThat(sent.get("correlation_id")).isEqualTo(Ticket.correlationId(world.ledger.groupOf(finding), 1));
        assertThat(sent).containsEntry("correlation_display", "ticketbridge compliance");
        assertThat(sent).doesNotContainKeys("work_notes", "parent", "assignment_group", "assigned_to");
    }

    @Test
    void a_check_that_is_called_alert_is_described_like_any_other() {
        open(Map.of());

        assertThat(opened(Findings.of("alert", "one").finding()).get("description"))
                .contains("Check: alert", "1 resource fails:", "- one [123456789012, eu-west-1]")
                .doesNotContain("Alert: ");
    }

    @Test
    void profiles_set_columns_by_template_and_the_group_and_person_of_the_settings() {
        String group = "0123456789abcdef0123456789abcdef";
        open(Map.of(
                "profile.incident.field.short_description", "[${body.severity}] ${body.title} x${body.failing}",
                "profile.incident.on-open.category", "cloud",
                "profile.incident.severity.medium.impact", "1",
                "servicenow.group-sys-id", group));

        Map<String, String> sent = opened(ONE, TWO);

        assertThat(sent.get("short_description")).isEqualTo("[medium] Title of s3-public x2");
        assertThat(sent)
                .containsEntry("category", "cloud")
                .containsEntry("impact", "1")
                .containsEntry("urgency", "2")
                .containsEntry("assignment_group", group);
    }

    @Test
    void a_text_that_a_column_of_ones_own_can_not_hold_is_attached_whole() {
        open(Map.of("profile.incident.field.u_list", "${body.title} ${body.title} ${body.title}"));
        world.answers(
                "sys_dictionary",
                call -> List.of(Map.of(
                        "name", "incident", "element", "u_list", "internal_type", "string", "max_length", "40")));
        world.ledger.scan(ONE);
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");

        assertThat(world.draft(delivery).get("u_list")).hasSize(40).endsWith("…");
        assertThat(world.drafts.overlong(delivery)).containsOnlyKeys("u_list");
        assertThat(TicketFile.isOfDeliveries(TicketFile.nameOfText("u_list", UUID.randomUUID())))
                .isTrue();
    }

    @Test
    void a_text_that_its_column_just_holds_is_not_attached() {
        open(Map.of("profile.incident.field.u_list", "x".repeat(40)));
        world.answers(
                "sys_dictionary",
                call -> List.of(Map.of(
                        "name", "incident", "element", "u_list", "internal_type", "string", "max_length", "40")));
        world.ledger.scan(ONE);

        assertThat(world.drafts.overlong(world.intended(ONE, Action.OPEN, "no ticket yet")))
                .isEmpty();
    }

    @Test
    void what_a_severity_brings_is_a_template_like_all_others() {
        open(Map.of(
                "profile.incident.severity.medium.u_escalation", "Call for ${body.title}",
                "profile.incident.severity.medium.urgency", ""));

        assertThat(opened(ONE))
                .containsEntry("u_escalation", "Call for Title of s3-public")
                .containsEntry("impact", "2")
                .doesNotContainKey("urgency");

        List<String> problems = new ArrayList<>();
        new Templates(world.context)
                .compile(
                        Flow.settings(Map.of("profile.incident.severity.high.u_x", "${body.title"))
                                .profiles()
                                .values(),
                        problems);
        assertThat(problems)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("profile.incident.severity.high.u_x");
    }

    @Test
    void what_no_profile_asks_for_is_left_out_where_the_table_does_not_have_it() {
        open(Map.of(
                "profile.incident.table", "problem", "servicenow.user", "bridge", "profile.incident.field.u_x", "x"));
        world.answers("sys_user", call -> List.of(Map.of("sys_id", "a", "user_name", "bridge")));
        world.answers(
                "sys_dictionary",
                call -> List.of(
                        Map.of("name", "task", "element", "short_description"),
                        Map.of("name", "task", "element", "impact")));

        assertThat(opened(ONE))
                .containsKeys("short_description", "impact", "u_x", "correlation_id")
                .doesNotContainKeys("caller_id", "description", "urgency");
    }

    @Test
    void where_nothing_tells_the_columns_a_caller_goes_only_to_incidents() {
        open(Map.of("servicenow.user", "bridge", "profile.incident.table", "u_security_ticket"));
        world.answers("sys_user", call -> List.of(Map.of("sys_id", "a", "user_name", "bridge")));
        assertThat(opened(ONE)).doesNotContainKey("caller_id").containsKey("description");
        world.close();

        open(Map.of("servicenow.user", "bridge"));
        world.answers("sys_user", call -> List.of(Map.of("sys_id", "a", "user_name", "bridge")));
        assertThat(opened(ONE)).containsEntry("caller_id", "a");
    }

    @Test
    void an_empty_template_leaves_out_what_is_written_by_default_and_empties_what_is_not() {
        open(Map.of(
                "servicenow.user", "bridge",
                "profile.incident.on-open.caller_id", "",
                "profile.incident.field.description", "",
                "profile.incident.on-open.u_x", "",
                "profile.incident.on-resolve.close_code", ""));
        world.answers("sys_user", call -> List.of(Map.of("sys_id", "a", "user_name", "bridge")));
        world.ledger.scan(ONE);
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");

        assertThat(world.draft(delivery)).containsEntry("u_x", "").doesNotContainKeys("caller_id", "description");

        world.taken(delivery);
        world.ledger.scan(pass("s3-public", "one"));
        assertThat(world.draft(world.intended(ONE, Action.RESOLVE, "nothing fails any more")))
                .containsEntry("state", "6")
                .doesNotContainKey("close_code");
    }

    @Test
    void an_empty_template_empties_what_the_profile_itself_fills_otherwise() {
        open(Map.of(
                "profile.incident.field.assignment_group", "SOC",
                "profile.incident.field.u_flag", "yes",
                "profile.incident.on-reopen.assignment_group", "",
                "profile.incident.on-update.u_flag", ""));
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(ONE, TWO);
        Delivery update = world.intended(ONE, Action.UPDATE, "1 joined");
        assertThat(world.draft(update)).containsEntry("u_flag", "");

        world.taken(update);
        world.ledger.people(ONE, "6", Phase.RESOLVED);
        world.ledger.scan(ONE);
        assertThat(world.draft(world.intended(ONE, Action.REOPEN, "1 finding fails again")))
                .containsEntry("assignment_group", "");
    }

    @Test
    void text_of_the_source_is_never_evaluated() {
        open(Map.of());
        Finding finding = Findings.of("s3-public", "one")
                .title("${body.flow} ${sys.user.home} {{ticketbridge.servicenow.password}}")
                .finding();

        assertThat(opened(finding).get("short_description"))
                .isEqualTo("${body.flow} ${sys.user.home} {{ticketbridge.servicenow.password}}");
    }

    @Test
    void a_title_is_one_line_and_long_texts_are_cut_visibly_and_kept_whole_for_attaching() {
        open(Map.of());
        Finding finding = Findings.of("s3-public", "one")
                .title("two\nlines\0 " + "x".repeat(200))
                .description("y".repeat(5000))
                .finding();
        world.ledger.scan(finding);
        Delivery delivery = world.intended(finding, Action.OPEN, "no ticket yet");

        Map<String, String> sent = world.draft(delivery);

        assertThat(sent.get("short_description"))
                .hasSize(160)
                .startsWith("two lines x")
                .endsWith("…");
        assertThat(sent.get("description")).hasSize(4000).endsWith("…");
        assertThat(world.drafts.overlong(delivery)).containsOnlyKeys("short_description", "description");
        assertThat(world.drafts.overlong(delivery).get("description")).contains("y".repeat(5000), "seen on one");
    }

    @Test
    void the_text_lists_as_many_resources_as_it_may_the_worst_first() {
        open(Map.of("profile.incident.max-resources-in-text", "2"));
        Finding worst = Findings.of("s3-public", "zzz").with(Severity.CRITICAL).finding();

        String description = opened(ONE, TWO, worst).get("description");

        assertThat(description)
                .contains(
                        "3 findings fail:\n- zzz ",
                        "\n- one ",
                        "- and 1 more: all of them are in the attached CSV file")
                .doesNotContain("\n- two ");
    }

    @Test
    void a_ticket_of_several_checks_names_them_and_each_line_its_own() {
        open(Map.of("group-by", "control", "control", "CIS"));
        Control control = new Control("CIS", "2.1", "Buckets are private");
        Finding one = Findings.of("s3-b", "one").controls(control).finding();
        Finding two = Findings.of("s3-a", "two").controls(control).finding();

        assertThat(opened(one, two).get("description"))
                .contains(
                        "Checks: s3-a, s3-b",
                        "- one [123456789012, eu-west-1]: seen on one (s3-b)",
                        "- two [123456789012, eu-west-1]: seen on two (s3-a)")
                .doesNotContain("Check: ");
    }

    @Test
    void a_ticket_that_is_titled_by_its_control_says_what_its_check_is_called() {
        open(Map.of("group-by", "control", "control", "CIS"));

        Map<String, String> sent = opened(Findings.of("s3-public", "one")
                .controls(new Control("CIS", "2.1", "Buckets are private"))
                .finding());

        assertThat(sent.get("short_description")).isEqualTo("Buckets are private");
        assertThat(sent.get("description")).contains("Check: Title of s3-public (s3-public)\n");
    }

    @Test
    void the_same_words_are_not_sent_again() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(ONE, TWO);

        Map<String, String> sent = world.draft(world.intended(ONE, Action.UPDATE, "1 joined, 0 fixed"));

        assertThat(sent).containsOnlyKeys("description", "work_notes");
        assertThat(sent.get("description")).contains("2 findings fail:");
    }

    @Test
    void a_note_says_who_joined_and_who_was_fixed_and_ends_with_its_reference() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(pass("s3-public", "one"), TWO);
        Delivery delivery = world.intended(ONE, Action.UPDATE, "1 joined, 1 fixed");

        String note = world.draft(delivery).get("work_notes");

        assertThat(note)
                .startsWith("1 joined, 1 fixed, 1 fail now\n\nJoined:\n- two ")
                .contains("\n\nFixed:\n- one ")
                .doesNotContain("more", "Suppressed", "Changed at the source")
                .endsWith("\n\n(ticketbridge " + delivery.intent().reference() + ")");
    }

    @Test
    void p10_a_note_says_that_what_fails_is_more_or_less_severe() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(Findings.of("s3-public", "one").with(Severity.HIGH).finding());

        assertThat(world.draft(world.intended(ONE, Action.UPDATE, "as told")).get("work_notes"))
                .startsWith("Severity medium -> high\n\n(ticketbridge ");
    }

    @Test
    void where_nothing_else_is_to_be_told_a_note_gives_the_reason() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.people(ONE, "6", Phase.RESOLVED);
        world.ledger.scan(ONE);
        Delivery delivery = world.intended(ONE, Action.UPDATE, "it still fails");

        assertThat(world.draft(delivery).get("work_notes"))
                .isEqualTo(
                        "It still fails\n\n(ticketbridge " + delivery.intent().reference() + ")");
    }

    @Test
    void a_note_names_twenty_resources_and_counts_the_rest() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        List<Finding> many = new ArrayList<>(List.of(ONE));
        for (int i = 0; i < 25; i++) {
            many.add(fail("s3-public", "new-" + i));
        }
        world.ledger.scan(List.of(many));

        String note =
                world.draft(world.intended(ONE, Action.UPDATE, "25 joined")).get("work_notes");

        assertThat(note.lines().filter(line -> line.startsWith("- new-"))).hasSize(20);
        assertThat(note).contains("\n- and 5 more\n").doesNotContain("Fixed:", "suppressed");
    }

    @Test
    void a_note_says_what_was_suppressed_apart_from_what_was_fixed() {
        open(Map.of());
        world.ledger.scan(ONE, TWO);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(ONE, Findings.suppressed("s3-public", "two"));

        assertThat(world.draft(world.intended(ONE, Action.UPDATE, "1 suppressed"))
                        .get("work_notes"))
                .startsWith("0 joined, 0 fixed, 1 suppressed at the source, 1 fail now\n\n"
                        + "Suppressed at the source, which is no fix:\n- two ");
    }

    @Test
    void a_note_tells_what_changed_at_the_source() {
        open(Map.of());
        Findings finding = Findings.of("s3-public", "one");
        world.ledger.scan(
                finding.attributes(Map.of("owner", "ann", "gone", "x")).finding());
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(finding.title("Another\ntitle")
                .description("Another description")
                .attributes(Map.of("owner", "bob", "came", "y"))
                .finding());

        String note = world.draft(world.intended(ONE, Action.UPDATE, "the text changed"))
                .get("work_notes");

        assertThat(note)
                .contains(
                        "Changed at the source:\n- title: Title of s3-public -> Another title",
                        "- the description changed",
                        "- owner: ann -> bob",
                        "- gone: x -> none",
                        "- came: y");
    }

    @Test
    void notes_of_a_case_become_notes_once_and_can_not_write_html() {
        open(Map.of());
        Note first = new Note("1", "ann", Instant.parse("2026-11-01T08:00:00Z"), "[code]<b>hi</b>[/code]");
        Note second = new Note("2", "", Instant.parse("2026-11-01T09:00:00Z"), "second");
        Findings finding = Findings.of("case", "one");
        Map<String, String> opened = opened(finding.notes(first).finding());
        assertThat(opened.get("work_notes"))
                .contains("Note by ann, 2026-11-01 08:00:00 UTC:\n")
                .doesNotContain("[code]", "[/code]");
        world.ledger.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
        world.deliver(finding.finding(), Action.OPEN);

        world.ledger.scan(finding.notes(first, second).finding());
        String note = world.draft(world.intended(finding.finding(), Action.UPDATE, "the text changed"))
                .get("work_notes");
        assertThat(note)
                .contains("Note by somebody, 2026-11-01 09:00:00 UTC:\nsecond")
                .doesNotContain("Note by ann");

        Note edited = new Note("1", "ann", Instant.parse("2026-11-01T08:00:00Z"), "third thoughts");
        world.ledger.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
        world.ledger.scan(finding.notes(edited, second).finding());
        assertThat(world.draft(world.intended(finding.finding(), Action.UPDATE, "the text changed"))
                        .get("work_notes"))
                .contains("Note by ann, 2026-11-01 08:00:00 UTC:\n(edited) third thoughts");
    }

    @Test
    void resolving_sets_state_and_code_and_says_why() {
        open(Map.of("profile.incident.on-resolve.close_code", "Resolved by change"));
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(pass("s3-public", "one"));

        Map<String, String> sent = world.draft(world.intended(ONE, Action.RESOLVE, "nothing fails any more"));

        assertThat(sent)
                .containsEntry("state", "6")
                .containsEntry("close_code", "Resolved by change")
                .containsEntry("close_notes", "Nothing fails any more: Title of s3-public");
        assertThat(sent.get("work_notes"))
                .startsWith("Resolved: nothing fails any more\n\n0 joined, 1 fixed, 0 fail now");
    }

    @Test
    void reopening_always_sends_the_state() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        for (int i = 0; i < 2; i++) {
            world.ledger.people(ONE, "6", Phase.RESOLVED);
            world.ledger.scan(pass("s3-public", "one"));
            world.ledger.scan(ONE);
            Delivery delivery = world.intended(ONE, Action.REOPEN, "1 finding fails again");

            Map<String, String> sent = world.draft(delivery);

            assertThat(sent).containsEntry("state", "2");
            assertThat(sent.get("work_notes")).startsWith("Reopened: 1 finding fails again");
            world.taken(delivery);
        }
    }

    @Test
    void a_reopened_ticket_says_what_fails_now() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.people(ONE, "6", Phase.RESOLVED);
        world.ledger.scan(ONE, TWO);

        assertThat(world.draft(world.intended(ONE, Action.REOPEN, "2 findings fail again"))
                        .get("description"))
                .contains("2 findings fail:", "- two ");
    }

    @Test
    void a_template_sees_the_severity_of_what_failed_once_nothing_fails() {
        open(Map.of("profile.incident.on-resolve.u_severity", "${body.severity}"));
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(pass("s3-public", "one"));

        assertThat(world.draft(world.intended(ONE, Action.RESOLVE, "nothing fails any more")))
                .containsEntry("u_severity", "medium");
    }

    @Test
    void a_template_sees_all_that_the_ticket_is_about() {
        open(Map.of(
                "profile.incident.field.u_all",
                "${body.key}|${body.flow}|${body.check}|${body.url}|${body.remediation}|${body.attributes[provider]}"
                        + "|${body.resource}|${body.previous}|${body.summary}|${body.accounts}|${body.controls}"));
        Finding finding = Findings.of("s3-public", "one")
                .controls(new Control("PCI", "PCI", ""), new Control("CIS-1.4", "2.1", ""))
                .finding();
        Findings other = Findings.of("s3-public", "two").with(Severity.LOW);

        assertThat(opened(
                        finding, other.account("2").finding(), other.account("").finding()))
                .containsEntry(
                        "u_all",
                        "s3-public|compliance|s3-public|https://docs.example/s3-public|Switch it on|aws"
                                + "|one||Description of s3-public|123456789012, 2|CIS-1.4 2.1; PCI");
    }

    @Test
    void the_next_generation_is_linked_to_the_one_before() {
        open(Map.of());
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.people(ONE, "7", Phase.CLOSED);
        world.ledger.scan(ONE);

        Map<String, String> sent = world.draft(world.intended(ONE, Action.OPEN, "1 finding fails again"));

        assertThat(sent).containsEntry("parent", String.format("%032x", 1));
        assertThat(sent.get("work_notes"))
                .isEqualTo("This problem had a ticket before: INC1\nOpened because 1 finding fails again");
        assertThat(sent.get("correlation_id")).endsWith("-2");
    }

    @Test
    void a_resource_is_named_where_it_has_a_name() {
        open(Map.of());
        Finding named = Findings.of("s3-public", "arn")
                .resource(new Resource("arn", "shop", "bucket"))
                .message("")
                .finding();

        assertThat(opened(named).get("description")).contains("\n- shop (arn) [123456789012, eu-west-1]");
    }

    @Test
    void severity_counts_what_fails() {
        open(Map.of());
        Findings critical = Findings.of("s3-public", "two").with(Severity.CRITICAL);
        world.ledger.scan(ONE, critical.finding());
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(ONE, critical.with(Result.PASS).finding());

        Map<String, String> sent = world.draft(world.intended(ONE, Action.UPDATE, "1 fixed"));

        assertThat(sent).containsEntry("impact", "2").containsEntry("urgency", "2");
    }
}
