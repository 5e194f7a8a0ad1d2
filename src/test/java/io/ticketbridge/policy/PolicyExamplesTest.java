package io.ticketbridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.Decision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a group, by example. Columns: the situation; how many findings of the group fail; what changed since the
 * ticket was written; the group's latest ticket; the flow's settings; the action and the ticket's generation; the reason that
 * is stored with it (P14). {@link Situation} says which words the columns take.
 */
class PolicyExamplesTest {
    private static final String OPENING =
            """
            a problem that nobody has seen before      | 1 | | none | | OPEN 1 | 1 finding fails, no ticket yet
            a case that nobody has seen before         | 1 | case | none | | OPEN 1 | the case is open, no ticket yet
            breakers hold tickets for the first time   | 4 | storm | none | | OPEN 1 | breakers hold tickets, no ticket yet
            a control that fails on three resources    | 3 | | none | | OPEN 1 | 3 findings fail, no ticket yet
            fixed before anybody opened a ticket       | 0 | | none | | NOTHING 0 | fixed before a ticket was opened
            ServiceNow never got the first ticket      | 2 | | intended | | OPEN 1 | 2 findings fail, ServiceNow does not have the ticket that was intended
            fixed before ServiceNow got the ticket     | 0 | | intended | | NOTHING 1 | fixed before the ticket that was intended was made
            """;

    private static final String STATUS_BEFORE_A_DUPLICATE =
            """
            still failing, ticket in progress          | 1 | | INC7 open | | NOTHING 1 | still failing, INC7 covers it
            ticket resolved, problem is back           | 1 | 1 back | INC7 resolved | | OPEN 2 | 1 finding fails again, INC7 has reached resolved, on-recurrence is new-ticket
            ticket closed or cancelled                 | 1 | | INC7 closed | | OPEN 2 | 1 finding still fails although INC7 has reached resolved, on-recurrence is new-ticket
            resolved once, opened again by a person    | 1 | | INC7 open, was resolved | | OPEN 2 | 1 finding still fails although INC7 has reached resolved, on-recurrence is new-ticket
            resolved, but the flow waits for closed    | 1 | | INC7 resolved | when closed | NOTHING 1 | still failing, INC7 covers it
            another joins what waits for closed        | 2 | 1 joined | INC7 resolved | when closed | UPDATE 1 | 1 joined, 0 fixed, INC7 has not reached closed
            closed, and the flow waits for closed      | 1 | | INC7 closed | when closed | OPEN 2 | 1 finding still fails although INC7 has reached closed, on-recurrence is new-ticket
            the record was deleted                     | 1 | | INC7 deleted | | OPEN 2 | 1 finding fails, INC7 was deleted
            resolved, and no scan has flagged it since | 1 | 1 fixed, not flagged since | INC7 resolved | | NOTHING 1 | 1 finding fails, no scan has flagged it since INC7 stopped blocking another
            deleted, and no scan has flagged it since  | 1 | not flagged since | INC7 deleted | | NOTHING 1 | 1 finding fails, no scan has flagged it since INC7 stopped blocking another
            another of it was fixed, none flagged      | 1 | 1 fixed, not flagged since | INC7 open, was resolved | | UPDATE 1 | 0 joined, 1 fixed, INC7 is open
            opened again, nothing new, none flagged    | 1 | not flagged since | INC7 open, was resolved | | NOTHING 1 | 1 finding fails, no scan has flagged it since INC7 stopped blocking another
            the fourth ticket was closed               | 1 | | INC7 closed, is number 4 | | OPEN 5 | 1 finding still fails although INC7 has reached resolved, on-recurrence is new-ticket
            """;

    private static final String DAYS =
            """
            open for years, no limit set               | 1 | | INC7 open for 900 days | | NOTHING 1 | still failing, INC7 covers it
            open for 29 days of 30                     | 1 | | INC7 open for 29 days | after 30 days | NOTHING 1 | still failing, INC7 covers it
            open for 30 days of 30                     | 1 | | INC7 open for 30 days | after 30 days | OPEN 2 | 1 finding fails, INC7 is open since 30 days, new-ticket-after-days is 30
            too old, and no scan has flagged it since  | 1 | 1 fixed, not flagged since | INC7 open for 31 days | after 30 days | UPDATE 1 | 0 joined, 1 fixed, INC7 is open
            resolved but not closed for 31 days        | 1 | | INC7 resolved for 31 days | after 30 days, when closed | OPEN 2 | 1 finding fails, INC7 is open since 31 days, new-ticket-after-days is 30
            old, but nothing fails any more            | 0 | 1 fixed | INC7 open for 31 days | after 30 days | RESOLVE 1 | nothing fails any more
            """;

    private static final String RECURRENCE =
            """
            back, the flow asks for a new ticket       | 1 | 1 back | INC7 resolved | new-ticket | OPEN 2 | 1 finding fails again, INC7 has reached resolved, on-recurrence is new-ticket
            back, the flow asks to reopen              | 1 | 1 back | INC7 resolved | reopen | REOPEN 1 | 1 finding fails again, INC7 has reached resolved, on-recurrence is reopen
            it was never fixed, and is reopened         | 2 | | INC7 resolved | reopen | REOPEN 1 | 2 findings still fail although INC7 has reached resolved, on-recurrence is reopen
            one of two is back                         | 2 | 1 back | INC7 resolved | | OPEN 2 | 2 findings fail, 1 of them again, INC7 has reached resolved, on-recurrence is new-ticket
            what fails is none of what it listed       | 1 | 1 joined | INC7 resolved | | OPEN 2 | 1 finding fails, INC7 has reached resolved, on-recurrence is new-ticket
            a case that was never closed               | 1 | case | INC7 resolved | reopen | REOPEN 1 | the case is still open although INC7 has reached resolved, on-recurrence is reopen
            a case that was closed in between          | 1 | case, 1 back | INC7 resolved | reopen | REOPEN 1 | the case is open again, INC7 has reached resolved, on-recurrence is reopen
            a summary ticket that a person has resolved| 1 | storm | INC7 resolved | | OPEN 2 | breakers hold tickets, INC7 has reached resolved, on-recurrence is new-ticket
            opened again by a person: nothing to reopen| 1 | | INC7 open, was resolved | reopen | NOTHING 1 | still failing, INC7 covers it
            the same, a resource joined                | 2 | 1 joined | INC7 open, was resolved | reopen | UPDATE 1 | 1 joined, 0 fixed, INC7 is open
            the same, open for too long                | 1 | | INC7 open for 30 days, was resolved | reopen, after 30 days | OPEN 2 | 1 finding fails, INC7 is open since 30 days, new-ticket-after-days is 30
            back, the flow asks for a comment          | 1 | 1 back | INC7 resolved | comment | UPDATE 1 | 1 finding fails again, INC7 has reached resolved, on-recurrence is comment
            the same, commented on for too long        | 1 | 1 back | INC7 resolved for 30 days | comment, after 30 days | OPEN 2 | 1 finding fails again, INC7 has reached resolved and is too old for a comment, new-ticket-after-days is 30
            opened again by a person, for too long     | 2 | 1 joined | INC7 open for 30 days, was resolved | comment, after 30 days | OPEN 2 | 2 findings fail, INC7 has reached resolved and is too old for a comment, new-ticket-after-days is 30
            reopened, it would be too old to block     | 1 | 1 back | INC7 resolved for 30 days | reopen, after 30 days | OPEN 2 | 1 finding fails again, INC7 has reached resolved and is too old to be reopened, new-ticket-after-days is 30
            closed for good: nobody can reopen it      | 1 | 1 back | INC7 closed | reopen | OPEN 2 | 1 finding fails again, INC7 has reached resolved and is closed for good, where ServiceNow takes no more changes
            closed for good: no comment can be made    | 1 | | INC7 closed | comment | OPEN 2 | 1 finding still fails although INC7 has reached resolved and is closed for good, where ServiceNow takes no more changes
            deleted: nothing left to reopen            | 1 | | INC7 deleted | reopen | OPEN 2 | 1 finding fails, INC7 was deleted
            deleted: nothing left to comment on        | 1 | | INC7 deleted | comment | OPEN 2 | 1 finding fails, INC7 was deleted
            """;

    private static final String FOLLOWING_THE_GROUP =
            """
            a resource joined                          | 2 | 1 joined | INC7 open | | UPDATE 1 | 1 joined, 0 fixed, INC7 is open
            one of three was fixed                     | 2 | 1 fixed | INC7 open | | UPDATE 1 | 0 joined, 1 fixed, INC7 is open
            the worst of three was fixed               | 2 | 1 fixed | INC7 open, says critical | | UPDATE 1 | 0 joined, 1 fixed, severity critical -> medium, INC7 is open
            nothing but the severity changed           | 2 | | INC7 open, says critical | | UPDATE 1 | severity critical -> medium, INC7 is open
            the text changed, and the severity         | 2 | text | INC7 open, says critical | | UPDATE 1 | the text changed, severity critical -> medium, INC7 is open
            some joined and some were fixed            | 9 | 4 joined, 2 fixed | INC7 open | | UPDATE 1 | 4 joined, 2 fixed, INC7 is open
            the case has another title                 | 1 | text | INC7 open | | UPDATE 1 | the text changed, INC7 is open
            """;

    /** "the s3-public" stands for what would be "the case" or "the alert". */
    private static final String IN_STEP =
            """
            first seen, nothing to keep in step with   | 1 | | none | in step | OPEN 1 | 1 finding fails, no ticket yet
            the ticket is open                         | 1 | | INC7 open | in step | SYNC 1 | the s3-public and INC7 are kept in step
            a person resolved it, the case is open     | 1 | | INC7 resolved | in step | SYNC 1 | the s3-public and INC7 are kept in step
            a person closed it, the case is open       | 1 | | INC7 closed | in step | SYNC 1 | the s3-public and INC7 are kept in step
            the case was closed                        | 0 | 1 fixed | INC7 open | in step | SYNC 1 | the s3-public and INC7 are kept in step
            both were closed, the case is open again   | 1 | | INC7 resolved, agreed closed | in step, reopen | SYNC 1 | the s3-public and INC7 are kept in step
            the same, the flow asks for a new ticket   | 1 | | INC7 resolved, agreed closed | in step, new-ticket | OPEN 2 | 1 finding fails again, INC7 has reached resolved, on-recurrence is new-ticket
            the same, closed for good                  | 1 | | INC7 closed, agreed closed | in step, reopen | OPEN 2 | the s3-public is open again, INC7 is closed for good, and ServiceNow lets nobody reopen it
            both were closed, and stay so              | 0 | | INC7 closed, agreed closed | in step | SYNC 1 | the s3-public and INC7 are kept in step
            the ticket was deleted                     | 1 | | INC7 deleted | in step | NOTHING 1 | INC7 was deleted; what is kept in step is never made again
            open for too long, somebody has edited it  | 1 | | INC7 open for 31 days, edited | in step, after 30 days | SYNC 1 | the s3-public and INC7 are kept in step
            open for too long, the case was closed     | 0 | 1 fixed | INC7 open for 31 days | in step, after 30 days | SYNC 1 | the s3-public and INC7 are kept in step
            open for too long                          | 1 | | INC7 open for 31 days | in step, after 30 days | OPEN 2 | 1 finding fails, INC7 is open since 31 days, new-ticket-after-days is 30
            """;

    private static final String CLOSING_ON_EVIDENCE =
            """
            everything passes                          | 0 | 1 fixed | INC7 open | | RESOLVE 1 | nothing fails any more
            breakers hold nothing any more             | 0 | storm, 1 fixed | INC7 open | | RESOLVE 1 | nothing is held any more
            the latest of two is open, it goes first   | 0 | 1 fixed | INC7 open, is number 2, INC0 left open | | RESOLVE 2 | nothing fails any more
            the latest is done, the other left open    | 0 | | INC7 resolved, is number 2, INC0 left open | | RESOLVE 1 | nothing fails any more
            the second never came, the first is open   | 0 | 1 fixed | intended, INC0 left open | | RESOLVE 1 | nothing fails any more
            left open, and people close the tickets    | 0 | | INC7 resolved, is number 2, INC0 left open | people resolve | NOTHING 2 | fixed, INC7 is done already, INC0 stays open
            left open, and the rest is muted           | 0 | 1 suppressed | INC7 resolved, is number 2, INC0 left open | | NOTHING 2 | suppressed at the source, INC7 is done already, INC0 stays open
            left open, and the rest is accepted        | 0 | 1 accepted | INC7 resolved, is number 3, INC0 left open | | NOTHING 3 | what fails is an accepted risk, INC7 is done already, INC0 stays open
            everything passes, a person had resolved   | 0 | 1 fixed | INC7 resolved | | NOTHING 1 | fixed, INC7 is done already
            everything passes, the ticket is closed    | 0 | 1 fixed | INC7 closed | | NOTHING 1 | fixed, INC7 is done already
            everything passes, the ticket is gone      | 0 | 1 fixed | INC7 deleted | | NOTHING 1 | fixed, INC7 is done already
            a person reopened it, and now it passes    | 0 | 1 fixed | INC7 open, was resolved | | RESOLVE 1 | nothing fails any more
            people close the tickets of this flow      | 0 | 1 fixed | INC7 open | people resolve | UPDATE 1 | nothing fails any more, resolve-when-fixed is off, INC7 stays open
            people close, and were told already        | 0 | | INC7 open | people resolve | NOTHING 1 | nothing fails any more, resolve-when-fixed is off
            the rest was muted at the source           | 0 | 1 suppressed, 1 fixed | INC7 open | | UPDATE 1 | suppressed at the source, which is no evidence of a fix, INC7 stays open
            muted, and the ticket says so already      | 0 | 1 suppressed | INC7 open | | NOTHING 1 | suppressed at the source, INC7 stays open
            muted before there was a ticket            | 0 | 1 suppressed | none | | NOTHING 0 | suppressed at the source before a ticket was opened
            one of two that the ticket lists is muted  | 1 | 1 muted, 1 suppressed | INC7 open | | UPDATE 1 | 0 joined, 0 fixed, 1 suppressed at the source, INC7 is open
            one is muted, one still fails              | 1 | 1 suppressed | INC7 open | | NOTHING 1 | still failing, INC7 covers it
            """;

    /** {@link Situation#NOW} is 2026-11-01. */
    private static final String ACCEPTED_RISKS =
            """
            closed as an accepted risk, still failing  | 0 | 2 accepted | INC7 closed, accepted until 2027-03-01 | | NOTHING 1 | INC7 was closed as an accepted risk until 2027-03-01
            only resolved, the flow waits for closed   | 0 | 2 accepted | INC7 resolved, accepted until 2027-03-01 | when closed | NOTHING 1 | INC7 was closed as an accepted risk until 2027-03-01
            too old, whatever that says                | 0 | 1 accepted | INC7 resolved for 90 days, accepted until 2027-03-01 | when closed, after 30 days | NOTHING 1 | INC7 was closed as an accepted risk until 2027-03-01
            the flow reopens what comes back           | 0 | 1 accepted | INC7 resolved, accepted until 2027-03-01 | reopen | NOTHING 1 | INC7 was closed as an accepted risk until 2027-03-01
            the flow comments on what comes back       | 0 | 1 accepted | INC7 resolved, accepted until 2027-03-01 | comment | NOTHING 1 | INC7 was closed as an accepted risk until 2027-03-01
            accepted for good                          | 0 | 1 accepted | INC7 closed, accepted | | NOTHING 1 | INC7 was closed as an accepted risk without an end
            a resource that the ticket does not list   | 1 | 1 joined, 2 accepted | INC7 closed, accepted until 2027-03-01 | | OPEN 2 | 1 finding fails that INC7, which was closed as an accepted risk until 2027-03-01, does not list
            the same, and the flow reopens             | 1 | 1 joined, 2 accepted | INC7 resolved, accepted until 2027-03-01 | reopen | OPEN 2 | 1 finding fails that INC7, which was closed as an accepted risk until 2027-03-01, does not list
            the same, as many as may be opened were    | 1 | 1 joined, 2 accepted | INC7 closed, accepted until 2027-03-01 | 0 opens left | HOLD 2 | max-new-tickets-per-run is used up
            the date has come, nothing is released yet | 0 | 1 accepted | INC7 closed, accepted until 2026-11-01 | | NOTHING 1 | INC7 was closed as an accepted risk until 2026-11-01, which has passed: the next scan decides anew
            the date has come, and it was released     | 1 | | INC7 closed, accepted until 2026-11-01 | | OPEN 2 | 1 finding still fails although INC7 has reached resolved, on-recurrence is new-ticket
            the same, and the flow reopens what is back| 1 | | INC7 closed, accepted until 2026-11-01 | reopen | OPEN 2 | 1 finding still fails although INC7 has reached resolved and stays closed: its accepted risk is on record
            the next ticket's own resource is fixed    | 0 | 1 fixed, 2 accepted | INC8 open, is number 2 | | RESOLVE 2 | nothing fails any more
            all is fixed                               | 0 | 1 fixed | INC7 closed, accepted until 2027-03-01 | | NOTHING 1 | fixed, INC7 is done already
            a person closed it, the case is open       | 0 | 1 accepted | INC7 closed, accepted | in step | SYNC 1 | the s3-public and INC7 are kept in step
            both are closed, the case comes back       | 0 | 1 accepted | INC7 closed, accepted, agreed closed | in step | NOTHING 1 | INC7 was closed as an accepted risk without an end
            """;

    private static final String BREAKERS =
            """
            the run has opened as many as it may       | 1 | | none | 0 opens left | HOLD 1 | max-new-tickets-per-run is used up
            the last one that the run may open         | 1 | | none | 1 opens left | OPEN 1 | 1 finding fails, no ticket yet
            a recurrence counts as a new ticket        | 1 | | INC7 closed | 0 opens left | HOLD 2 | max-new-tickets-per-run is used up
            so does the successor of an old ticket     | 1 | | INC7 open for 30 days | after 30 days, 0 opens left | HOLD 2 | max-new-tickets-per-run is used up
            an update is no new ticket                 | 2 | 1 joined | INC7 open | 0 opens left, 0 closures left | UPDATE 1 | 1 joined, 0 fixed, INC7 is open
            the run has resolved as many as it may     | 0 | 1 fixed | INC7 open | 0 closures left | HOLD 1 | max-closures-per-run is used up
            closures do not use up what may be opened  | 0 | 1 fixed | INC7 open | 0 opens left | RESOLVE 1 | nothing fails any more
            """;

    private static final String SILENCED =
            """
            part of the backlog, recorded quietly      | 5 | | none, silenced | | NOTHING 0 | belongs to the backlog that the baseline silenced
            the backlog grows by one                   | 6 | 1 joined | none, silenced | | NOTHING 0 | belongs to the backlog that the baseline silenced
            """;

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = OPENING)
    void opens_a_ticket_for_a_failure_without_one(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = STATUS_BEFORE_A_DUPLICATE)
    void p7_a_ticket_blocks_the_next_until_it_has_reached_its_status(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = DAYS)
    void p8_days_override_the_status(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = RECURRENCE)
    void p9_the_flow_says_what_a_recurrence_does(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = FOLLOWING_THE_GROUP)
    void p10_an_open_ticket_follows_its_group(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = CLOSING_ON_EVIDENCE)
    void p11_a_ticket_resolves_when_nothing_fails_any_more(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = ACCEPTED_RISKS)
    void p14_an_accepted_risk_is_the_last_word_on_what_its_ticket_lists(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = BREAKERS)
    void p12_a_breaker_holds_what_is_too_much(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = IN_STEP)
    void p23_what_is_kept_in_step_is_merged_whatever_changed(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    @ParameterizedTest(name = "{0} -> {5}: {6}")
    @CsvSource(delimiter = '|', textBlock = SILENCED)
    void p13_a_silenced_backlog_stays_quiet(
            String situation, int failing, String change, String ticket, String settings, String action, String why) {
        decides(failing, change, ticket, settings, action, why);
    }

    private static void decides(
            int failing, String change, String ticket, String settings, String action, String reason) {
        Decision decision = Situation.of(failing, change, ticket, settings).decide();

        assertThat(decision.action() + " " + decision.generation()).isEqualTo(action);
        assertThat(decision.reason()).isEqualTo(reason);
    }
}
