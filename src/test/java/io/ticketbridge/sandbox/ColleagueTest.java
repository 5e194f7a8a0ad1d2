package io.ticketbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.servicenow.JournalEntry;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import io.ticketbridge.testing.HandClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColleagueTest {
    private static final int MANY = 600;

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final VisionOneSimulator visionOne =
            VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(4));
    private final ServiceNowSimulator serviceNow =
            ServiceNowSimulator.start(ServiceNowSimulator.Options.defaults().withClock(clock));
    private final Colleague colleague = new Colleague(visionOne, serviceNow, 7);

    @AfterEach
    void stop() {
        visionOne.close();
        serviceNow.close();
    }

    @Test
    void every_kind_of_edit_comes_up_and_changes_something() {
        ticket("incident", "t-1");
        ticket("problem", "t-2");
        ticket("sn_customerservice_case", "t-3");
        ticket("sn_si_incident", "t-4");
        Set<String> ticketFields = new HashSet<>();
        Set<String> caseFields = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            String before = everything();
            Edit edit = colleague.editOnce().orElseThrow();
            assertThat(everything()).as("after %s", edit).isNotEqualTo(before);
            (edit.side() == Edit.Side.TICKET ? ticketFields : caseFields)
                    .addAll(edit.fields().keySet());
        }

        assertThat(ticketFields)
                .contains(
                        "state",
                        "priority",
                        "impact",
                        "urgency",
                        "short_description",
                        "description",
                        "close_code",
                        "close_notes",
                        "work_notes",
                        "comments",
                        "assigned_to",
                        "attachment");
        assertThat(caseFields)
                .containsExactlyInAnyOrder("status", "priority", "findings", "name", "description", "comment");
    }

    @Test
    void tickets_are_resolved_and_reopened_but_stay_where_the_api_may_write() {
        String ticket = ticket("incident", "t-1");
        Set<String> states = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            colleague.editOnce();
            states.add(record(ticket).get("state"));
        }

        assertThat(states).containsExactlyInAnyOrder("1", "2", "3", "6");
        assertThat(Integer.parseInt(record(ticket).get("reopen_count"))).isPositive();
    }

    @Test
    void cases_are_closed_with_findings_and_reopened() {
        List<String> path = new ArrayList<>();
        String id = visionOne.cases().get(0).id();
        for (int i = 0; i < MANY; i++) {
            colleague.editOnce();
            path.add(visionOne.caseById(id).orElseThrow().status());
        }

        assertThat(path).contains("Open", "In-progress", "Closed");
        int closed = path.indexOf("Closed");
        assertThat(path.subList(closed, path.size())).contains("Open");
    }

    @Test
    void every_note_is_kept_and_found_once_where_it_was_typed() {
        ticket("incident", "t-1");
        for (int i = 0; i < MANY; i++) {
            colleague.editOnce();
        }

        List<TypedNote> notes = colleague.notes();
        assertThat(notes).extracting(TypedNote::mark).doesNotHaveDuplicates();
        assertThat(notes).extracting(TypedNote::side).contains(Edit.Side.TICKET, Edit.Side.CASE);
        for (TypedNote note : notes) {
            assertThat(texts(note).stream().filter(text -> text.equals(note.text())))
                    .as("%s", note)
                    .hasSize(1);
            assertThat(everything().split(Pattern.quote(note.mark()), -1))
                    .as("%s", note)
                    .hasSize(2);
        }
    }

    @Test
    void it_edits_under_its_own_name() {
        String ticket = ticket("incident", "t-1");
        for (int i = 0; i < MANY; i++) {
            colleague.editOnce();
        }

        assertThat(record(ticket))
                .containsEntry("sys_updated_by", Colleague.USER)
                .containsEntry("sys_created_by", serviceNow.credentials().user());
        assertThat(serviceNow.journal(ticket))
                .extracting(JournalEntry::createdBy)
                .containsOnly(Colleague.USER);
        assertThat(visionOne.cases())
                .flatExtracting(SimulatedCase::notes)
                .filteredOn(note -> note.text().contains("Note 7-"))
                .extracting(SimulatedNote::author)
                .containsOnly(Colleague.ANALYST);
        assertThat(visionOne.cases())
                .extracting(each -> each.json().at("/lastUpdater/name").asText())
                .contains(Colleague.ANALYST);
    }

    @Test
    void the_same_seed_makes_the_same_edits() {
        List<String> first = edits(new Colleague(visionOne, serviceNow, 3));
        try (VisionOneSimulator twin =
                VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(4))) {
            assertThat(edits(new Colleague(twin, serviceNow, 3)))
                    .isEqualTo(first)
                    .hasSizeGreaterThan(5);
        }
    }

    @Test
    void tickets_of_people_are_left_alone() {
        String own = serviceNow.create("incident", Map.of("short_description", "Printer on fire"), "abel.tuter");
        Map<String, String> before = record(own);

        for (int i = 0; i < 50; i++) {
            assertThat(colleague.editOnce()).map(Edit::side).isNotEqualTo(Optional.of(Edit.Side.TICKET));
        }

        assertThat(record(own)).isEqualTo(before);
    }

    @Test
    void an_edit_is_one_line() {
        Edit edit = new Edit(Edit.Side.CASE, "CL-1", "CL-1", Map.of("comment", "Two lines:\n" + "x".repeat(100)));

        assertThat(edit.toString())
                .startsWith("CL-1: comment = Two lines: xxx")
                .endsWith("…")
                .hasSizeLessThan(90);
    }

    private static List<String> edits(Colleague colleague) {
        List<String> edits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            colleague.editOnce().ifPresent(edit -> edits.add(edit.toString()));
        }
        return edits;
    }

    private String ticket(String table, String correlation) {
        return serviceNow.create(
                table,
                Map.of("short_description", "A ticket", "correlation_id", correlation),
                serviceNow.credentials().user());
    }

    private Map<String, String> record(String sysId) {
        return serviceNow.record("task", sysId).orElseThrow();
    }

    private List<String> texts(TypedNote note) {
        return note.side() == Edit.Side.CASE
                ? visionOne.caseById(note.id()).orElseThrow().notes().stream()
                        .map(SimulatedNote::text)
                        .toList()
                : serviceNow.journal(note.id()).stream()
                        .map(JournalEntry::value)
                        .toList();
    }

    private String everything() {
        StringBuilder all = new StringBuilder(visionOne.cases().toString());
        serviceNow.records("task").forEach(record -> {
            String sysId = record.get("sys_id");
            all.append(record).append(serviceNow.journal(sysId));
            serviceNow.attachments(sysId).forEach(file -> all.append(file.fileName()));
        });
        return all.toString();
    }
}
