package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What brings a ticket and its case into step, by example (P23 to P27). Columns: the situation; the case and the ticket as they are; what
 * both agreed on; the flow's settings; what is done with the ticket, and why; what the ticket is told; what the case gets; what the
 * case is told. {@link PairSituation} says which words the columns take.
 */
class PlannerExamplesTest {
    private static final String MEETING =
            """
            a new case, its ticket is just opened               | Open | New | nothing | | NOTHING | the case and INC7 are in step | | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            somebody works on the ticket already                | Open | In Progress | nothing | | NOTHING | the case and INC7 are in step | | status=In-progress | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the case was closed before they met                 | Closed | New | nothing | | NOTHING | the case and INC7 are in step | | status=Open | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the case has notes and an owner                     | Open, owner Ann, note look here | New | nothing | | UPDATE | 1 new note on the case | look here | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the ticket has a note and an assignee               | Open | New, note look here, assigned to Bob | nothing | | NOTHING | the case and INC7 are in step | | | Work note by bob on INC7, 2026-11-01 12:00:00 UTC: look here; ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            its ticket was opened before and somebody works on it | Open | In Progress | nothing, shown Open | | NOTHING | the case and INC7 are in step | | status=In-progress | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the case was closed since the ticket was told | Closed | In Progress | nothing, shown Open | | RESOLVE status=Closed | The case was closed in Vision One | status: Open -> Closed | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the same and people resolve the tickets | Closed | In Progress | nothing, shown Open | people resolve | UPDATE | as told | status: Open -> Closed; the case was closed; resolve-when-fixed is off, so the ticket stays open | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            its ticket was left open for a closed case | Closed | In Progress | nothing, shown Closed | people resolve | NOTHING | the case and INC7 are in step | | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            a person resolved the ticket and the case went on | In-progress | Resolved | nothing, shown Open | | NOTHING | the case and INC7 are in step | | status=Closed | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the case is open again since its ticket was resolved | Open | Resolved | nothing, shown Closed | | REOPEN status=Open | the case is open again | status: Closed -> Open | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            the case became worse since the ticket was told | Open P0 | New | nothing, shown Open P1 | | UPDATE priority=P0 | as told | priority: P1 -> P0 | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            """;

    private static final String STATUS =
            """
            nothing changed                                     | Open | New | Open/New | | NOTHING | the case and INC7 are in step | | |
            the ticket is in progress                           | Open | In Progress | Open/New | | NOTHING | the case and INC7 are in step | | status=In-progress |
            the ticket was resolved                             | In-progress | Resolved, code Workaround provided | In-progress/In Progress | | NOTHING | the case and INC7 are in step | | status=Closed findings=TruePositive |
            the ticket was resolved without a code              | In-progress | Resolved | In-progress/In Progress | | NOTHING | the case and INC7 are in step | | status=Closed |
            the ticket of an alert is resolved without a code   | In-progress | Resolved | In-progress/In Progress | alert | NOTHING | the alert and INC7 are in step | | | problem: an alert closes only with a result: give INC7 a close code that ticketbridge.profile.incident.sync.findings.* knows
            the same with what a new alert says of findings     | In-progress, findings No Findings | Resolved | In-progress/In Progress, findings No Findings | alert | UPDATE | as told | findings: No Findings | | problem: an alert closes only with a result: give INC7 a close code that ticketbridge.profile.incident.sync.findings.* knows
            the same and an analyst said it                     | In-progress, findings Noteworthy | Resolved | In-progress/In Progress, findings Noteworthy | alert | UPDATE | as told | findings: Noteworthy | status=Closed |
            the same with a code                                | In-progress | Resolved, code User error | In-progress/In Progress | alert | NOTHING | the alert and INC7 are in step | | status=Closed findings=FalsePositive |
            the case is in progress                             | In-progress | New | Open/New | | UPDATE status=In-progress | as told | status: Open -> In-progress | |
            both did the same                                   | In-progress | In Progress | Open/New | | UPDATE | as told | status: Open -> In-progress | |
            both changed it and ServiceNow owns it              | Closed | In Progress | Open/New | | NOTHING | the case and INC7 are in step | | status=In-progress | Both sides changed the status; INC7 owns it and has the last word. Here it was: Closed
            both changed it and Vision One owns it              | Closed | In Progress | Open/New | vision one owns | RESOLVE status=Closed | The case was closed in Vision One | both sides changed the status; Vision One owns it and has the last word. Here it was: 2; status: Open -> Closed | |
            the ticket is in a state without a map              | Open | Strange | Open/New | | NOTHING | the case and INC7 are in step | | | problem: INC7: No list of ticketbridge.profile.incident.sync.status.VALUE holds the state '99': add it to one
            the case is in a status without a map               | Merged | New | Open/New | | UPDATE | as told | status: Open -> Merged | | problem: INC7: No list of ticketbridge.profile.incident.sync.status.VALUE holds the state 'Merged': add it to one
            a person reopened the ticket                        | Closed | In Progress | Closed/Resolved | | NOTHING | the case and INC7 are in step | | status=In-progress |
            the case is open again                              | Open | Resolved | Closed/Resolved | | REOPEN status=Open | the case is open again | status: Closed -> Open | |
            the case is open again and the ticket closed for good| Open | Closed | Closed/Closed | | NOTHING | INC7 is closed for good | | |
            the profile is of another table and the ticket is on hold | In-progress | On Hold | In-progress/In Progress | other table | NOTHING | the case and INC7 are in step | | |
            the same and the ticket is resolved | In-progress | Resolved | In-progress/In Progress | other table | NOTHING | the case and INC7 are in step | | status=Closed |
            """;

    private static final String CLOSING =
            """
            the case was closed                                 | Closed | In Progress | In-progress/In Progress | | RESOLVE status=Closed | The case was closed in Vision One | status: In-progress -> Closed | |
            the same with findings                              | Closed, findings TruePositive | In Progress | In-progress/In Progress | | RESOLVE status=Closed findings=TruePositive | The case was closed in Vision One, findings: TruePositive | status: In-progress -> Closed; findings: TruePositive | |
            people resolve the tickets of this flow             | Closed, findings TruePositive | In Progress | In-progress/In Progress | people resolve | UPDATE | as told | status: In-progress -> Closed; findings: TruePositive; the case was closed; resolve-when-fixed is off, so the ticket stays open | |
            left open and nothing happens                       | Closed | In Progress | Closed/In Progress | people resolve | NOTHING | the case and INC7 are in step | | |
            left open and somebody picks the ticket up          | Closed | In Progress | Closed/New | people resolve | NOTHING | the case and INC7 are in step | | |
            left open and then resolved                         | Closed | Resolved, code Workaround provided | Closed/In Progress | people resolve | NOTHING | the case and INC7 are in step | | findings=TruePositive |
            left open and the case is open again                | Open | In Progress | Closed/In Progress | people resolve | UPDATE status=Open | as told | status: Closed -> Open | |
            nobody touched the case for 60 days                 | Closed, idle | In Progress | In-progress/In Progress | | RESOLVE status=Closed | Vision One closed the case after 60 days without activity; nobody said that it is fixed | status: In-progress -> Closed | |
            the same and the flow only comments                 | Closed, idle | In Progress | In-progress/In Progress | comment on idle | UPDATE | as told | status: In-progress -> Closed; Vision One closed the case after 60 days without activity; nobody said that it is fixed. The ticket stays open | |
            closed after 60 days with a result                  | Closed, idle, findings TruePositive | In Progress | In-progress/In Progress | comment on idle | RESOLVE status=Closed findings=TruePositive | The case was closed in Vision One, findings: TruePositive | status: In-progress -> Closed; findings: TruePositive | |
            nobody touched it but for a word at its closing     | Closed, idle, note over | In Progress | In-progress/In Progress, carried case-note | | RESOLVE status=Closed | Vision One closed the case after 60 days without activity; nobody said that it is fixed | status: In-progress -> Closed | |
            somebody noted something on it meanwhile            | Closed, idle, earlier note look here | In Progress | In-progress/In Progress, carried case-note | comment on idle | RESOLVE status=Closed | The case was closed in Vision One | status: In-progress -> Closed | |
            open for longer than an idle case stays open        | Closed, long open | In Progress | In-progress/In Progress | comment on idle | RESOLVE status=Closed | The case was closed in Vision One | status: In-progress -> Closed | |
            the case and the ticket are closed                  | Closed | Resolved | In-progress/In Progress | | UPDATE | as told | status: In-progress -> Closed | |
            """;

    private static final String TELLING =
            """
            the ticket has another assignee                     | Open | New, assigned to Cid | Open/New, assigned to Bob | | NOTHING | the case and INC7 are in step | | | INC7 is assigned to Cid now
            the ticket is assigned to nobody                    | Open | New | Open/New, assigned to Bob | | NOTHING | the case and INC7 are in step | | | INC7 is assigned to nobody now
            the ticket's assignee may not be read               | Open | New, assignee unread | Open/New, assigned to Bob | | NOTHING | the case and INC7 are in step | | |
            the ticket's description was emptied                | Open | New, no description | Open/New | | NOTHING | the case and INC7 are in step | | | On INC7 the description is empty now, or can't be read any more; here it stays as it is.
            that was told                                       | Open | New, no description | Open/New, carried emptied-description | | NOTHING | the case and INC7 are in step | | |
            it is empty though nobody touched the ticket        | Open | New, no description | Open/New, untouched | | NOTHING | the case and INC7 are in step | | |
            the case has another owner                          | Open, owner Cid | New | Open/New, owner Ann | | UPDATE | as told | owner: Ann -> Cid | |
            the owner is gone                                   | Open | New | Open/New, owner Ann | | UPDATE | as told | owner: Ann -> none | |
            said already and the answer was lost                | Open, owner Cid | New | Open/New, owner Ann, wrote owner: Ann -> Cid | | NOTHING | the case and INC7 are in step | | |
            a note on the case                                  | Open, note look here | New | Open/New | | UPDATE | 1 new note on the case | look here | |
            a note on the case that was carried                 | Open, note look here | New | Open/New, carried case-note | | NOTHING | the case and INC7 are in step | | |
            one that was carried as it is now                   | Open, note look here | New | Open/New, told look here | | NOTHING | the case and INC7 are in step | | |
            one that was edited since                           | Open, note look here | New | Open/New, told look there | | UPDATE | 1 new note on the case | (edited) look here | |
            one that was emptied since                          | Open, note   | New | Open/New, told look there | | NOTHING | the case and INC7 are in step | | |
            none of our notes is on the ticket                  | Open, note look here | New, whole journal | Open/New, opened here, carried case-note | | UPDATE | 1 new note on the case | look here | | problem: ServiceNow drops what is written to work_notes of INC7: give the integration's user write access to incident.work_notes, then replay: the notes follow, and after the next look this is over
            the same where not all of the journal is shown      | Open, note look here | New | Open/New, opened here, carried case-note | | NOTHING | the case and INC7 are in step | | |
            the same of a ticket that was never written to      | Open, note look here | New, whole journal | Open/New, carried case-note | | NOTHING | the case and INC7 are in step | | |
            one of our notes is there                           | Open, note look here | New, whole journal | Open/New, opened here, carried case-note, wrote something | | NOTHING | the case and INC7 are in step | | |
            a note on the ticket                                | Open | New, note look here | Open/New | | NOTHING | the case and INC7 are in step | | | Work note by bob on INC7, 2026-11-01 12:00:00 UTC: look here
            a note on the ticket that was carried               | Open | New, note look here | Open/New, carried ticket-note | | NOTHING | the case and INC7 are in step | | |
            a note to a ticket that is closed for good          | Open, note look here | Closed | Closed/Closed | | NOTHING | INC7 is closed for good | | |
            a file on the case                                  | Open, file log.txt 10 | New | Open/New | | NOTHING | the case and INC7 are in step | file log.txt | |
            a file that is too large for ServiceNow             | Open, file log.txt 1000001 | New | Open/New | | UPDATE | as told | a file that is too large for this ticket stays on the case: log.txt (1,000,001 bytes) | |
            a file on the ticket                                | Open | New, file log.txt 10 | Open/New | | NOTHING | the case and INC7 are in step | | | file log.txt
            a file that is too large for Vision One             | Open | New, file log.txt 900001 | Open/New | | NOTHING | the case and INC7 are in step | | | File attached by bob on INC7, 2026-11-01 12:00:00 UTC: log.txt [too large for Vision One: 900,001 bytes; the file is on INC7]
            a file that ticketbridge attached itself            | Open | New, file description-v3.txt 10 | Open/New | | NOTHING | the case and INC7 are in step | | |
            a file on the ticket of an alert                    | Open | New, file log.txt 10 | Open/New | alert | NOTHING | the alert and INC7 are in step | | | File attached by bob on INC7, 2026-11-01 12:00:00 UTC: log.txt [alerts take no files; it is on INC7]
            the ticket has close notes                          | Open | New, close notes all well | Open/New | | NOTHING | the case and INC7 are in step | | | Close notes of INC7: all well
            that were told                                      | Open | New, close notes all well | Open/New, close notes all well | | NOTHING | the case and INC7 are in step | | |
            they were emptied                                   | Open | New, close notes none | Open/New, close notes all well | | NOTHING | the case and INC7 are in step | | |
            cause notes of which nobody was ever told           | Open | New, cause notes a cable | Open/New | | NOTHING | the case and INC7 are in step | | |
            they are others since                               | Open | New, cause notes a plug | Open/New, cause notes a cable | | NOTHING | the case and INC7 are in step | | | Cause notes of INC7: a plug
            close notes from before they met                    | Open | New, close notes all well | nothing | | NOTHING | the case and INC7 are in step | | | ServiceNow ticket INC7: https://snow/nav_to.do?uri=incident.do%3Fsys_id%3Da1b2
            said something else and the answer was lost         | Open, owner Cid | New | Open/New, owner Ann, wrote owner: Bob -> Cid | | UPDATE | as told | owner: Ann -> Cid | |
            a person said it before                             | Open, owner Cid | New, note owner: Ann -> Cid | Open/New, owner Ann | | UPDATE | as told | owner: Ann -> Cid | | Work note by bob on INC7, 2026-11-01 12:00:00 UTC: owner: Ann -> Cid
            a title in other letters is another                 | Open | New | Open/New, title was RANSOMWARE | | UPDATE | as told | title: RANSOMWARE -> Ransomware | |
            so is a description                                 | Open | New | Open/New, description was ONE HOST | | UPDATE | as told | the description changed | |
            what the ticket says of findings is no news to it   | In-progress, findings NoFindings | Resolved, code User error | In-progress/In Progress, findings NoFindings | | NOTHING | the case and INC7 are in step | | status=Closed findings=FalsePositive |
            the ticket became urgent                            | Open | New, priority 1 | Open/New | | NOTHING | the case and INC7 are in step | | priority=P0 |
            the ticket of an alert became urgent                | Open | New, priority 1 | Open/New | alert | NOTHING | the alert and INC7 are in step | | | On INC7 the priority is now: 1
            a priority that no case has                         | Open | New, priority 9 | Open/New | | NOTHING | the case and INC7 are in step | | | On INC7 the priority is now: 9
            a result that no ticket has                         | Closed, findings Unheard | In Progress | In-progress/In Progress | | RESOLVE status=Closed | The case was closed in Vision One, findings: Unheard | the findings, which the ticket can't take: Unheard; status: In-progress -> Closed; findings: Unheard | |
            a value that gave way is told as people see it      | Closed | In Progress, state shown as In Arbeit | Open/New | vision one owns | RESOLVE status=Closed | The case was closed in Vision One | both sides changed the status; Vision One owns it and has the last word. Here it was: In Arbeit; status: Open -> Closed | |
            the case has another title                          | Open | New | Open/New, title was Phishing | | UPDATE | as told | title: Phishing -> Ransomware | |
            the case has another description                    | Open | New | Open/New, description was Two hosts | | UPDATE | as told | the description changed | |
            a file for a ticket that is closed for good         | Open, file log.txt 10 | Closed | Closed/Closed | | NOTHING | INC7 is closed for good | | |
            two notes on the case                               | Open, note look here, earlier note and there | New | Open/New | | UPDATE | 2 new notes on the case | look here; and there | |
            an alert has become critical                        | Open, severity critical | New | Open/New, severity medium | alert | UPDATE priority=critical | as told | severity: medium -> critical | |
            the same where a severity was told in words only    | Open, severity critical | New | Open/New, severity medium, long ago | alert | UPDATE priority=critical | as told | severity: medium -> critical | |
            an alert as it was told in words only               | Open, severity medium | New | Open/New, severity medium, long ago | alert | NOTHING | the alert and INC7 are in step | | |
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = MEETING + STATUS + CLOSING + TELLING)
    void a_plan(
            String situation,
            String inCase,
            String onTicket,
            String agreed,
            String settings,
            String action,
            String reason,
            String ticketIsTold,
            String caseGets,
            String caseIsTold) {
        SyncPlan plan = new PairSituation(inCase, onTicket, agreed, settings).plan();
        assertThat(said(plan))
                .isEqualTo(String.join(" | ", action, reason, text(ticketIsTold), text(caseGets), text(caseIsTold)));
    }

    @Test
    void what_the_case_gets_is_said_with_what_changed_on_the_ticket() {
        assertThat(new PairSituation("In-progress", "Resolved, code User error", "In-progress/In Progress", null)
                        .plan()
                        .toSourceReason())
                .isEqualTo("changed on INC7: status, findings");
        assertThat(new PairSituation("Open", "New", "nothing", null).plan().toSourceReason())
                .isEqualTo("it is linked with INC7");
    }

    @Test
    void what_a_ticket_that_is_closed_for_good_was_not_told_is_not_agreed_on() {
        SyncPlan plan = new PairSituation("Open, owner Cid", "Closed", "Closed/Closed, owner Ann", null).plan();

        assertThat(plan.agreed().fields()).containsEntry(SyncField.STATUS, new Both("Closed", "7"));
        assertThat(plan.agreed().attributes()).containsEntry("owner", "Ann");
    }

    @Test
    void what_was_found_is_not_agreed_on_while_the_ticket_stays_open() {
        SyncPlan plan = new PairSituation(
                        "Closed, findings TruePositive", "In Progress", "In-progress/In Progress", "people resolve")
                .plan();

        assertThat(plan.agreed().fields())
                .containsEntry(SyncField.STATUS, new Both("Closed", "2"))
                .containsEntry(SyncField.FINDINGS, new Both("", ""));
    }

    @Test
    void an_alert_that_could_not_be_closed_for_want_of_a_result_is_agreed_to_be_open() {
        SyncPlan plan = new PairSituation("In-progress", "Resolved", "In-progress/In Progress", "alert").plan();

        assertThat(plan.agreed().fields()).containsEntry(SyncField.STATUS, new Both("In-progress", "2"));
    }

    @Test
    void what_the_case_was_told_of_the_ticket_is_remembered() {
        SyncPlan plan = new PairSituation(
                        "In-progress",
                        "Resolved, code User error, close notes all well, assignee unread",
                        "In-progress/In Progress, assigned to Bob",
                        null)
                .plan();

        assertThat(plan.agreed().columns())
                .containsEntry("close_notes", "all well")
                .containsEntry("assigned_to", "sys-id-of-Bob");
        assertThat(plan.agreed().attributes()).containsEntry("findings", "FalsePositive");
    }

    @Test
    void a_file_that_stays_on_the_case_is_told_once() {
        assertThat(new PairSituation("Open, file log.txt 1000001", "New", "Open/New", null)
                        .plan()
                        .carried())
                .containsExactly("file-log.txt");
    }

    private static String said(SyncPlan plan) {
        List<String> told = new ArrayList<>(plan.linesToServiceNow());
        plan.notesToServiceNow().stream().map(Note::text).forEach(told::add);
        plan.filesToServiceNow().forEach(file -> told.add("file " + file.name()));
        List<String> said = new ArrayList<>();
        plan.lossesToSource().stream().map(PlannerExamplesTest::firstLine).forEach(said::add);
        plan.notesToSource().stream().map(PlannerExamplesTest::firstLine).forEach(said::add);
        plan.filesToSource().forEach(file -> said.add("file " + file.name()));
        plan.problems().forEach(problem -> said.add("problem: " + problem.text()));
        return String.join(
                " | ",
                plan.action() + fields(plan.toServiceNow()),
                plan.reason().equals(String.join("; ", told)) ? "as told" : plan.reason(),
                String.join("; ", told),
                fields(plan.toSource()).strip(),
                String.join("; ", said));
    }

    private static String fields(Map<?, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(each -> " " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining());
    }

    private static String firstLine(OwedNote note) {
        return note.text()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(2)
                .filter(line -> !line.startsWith("(ticketbridge"))
                .collect(Collectors.joining(" "));
    }

    private static String text(String column) {
        return column == null ? "" : column;
    }
}
