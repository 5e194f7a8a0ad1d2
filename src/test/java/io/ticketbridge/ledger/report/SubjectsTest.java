package io.ticketbridge.ledger.report;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ledger.ticket.StrayRecords.Stray;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Ticket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger has of a thing that has no story (P31). */
class SubjectsTest {
    @ParameterizedTest
    @EnumSource
    void a_duplicate_is_told_from_what_is_unknown_and_so_is_a_record_that_died(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            StrayRecords strays = new StrayRecords(world.database, world.clock);
            Stray stray = new Stray("incident", "0123456789abcdef0123456789abcdef", Flow.NAME, "INC0012", "tb-1-1");
            strays.begin(stray, "INC0011");
            world.deadLetters.unreadable(
                    Flow.NAME, 1, "error", "the step failed", "{\"uid\":\"bucket_7\"}", Digest.of("7"));
            Subjects subjects = new Subjects(world.database);

            assertThat(subjects.beside(" inc0012", 5))
                    .singleElement()
                    .asString()
                    .contains("INC0011", "next sweep");
            strays.ended(stray, "merged");
            assertThat(subjects.beside(stray.sysId(), 5))
                    .singleElement()
                    .asString()
                    .contains("was closed for it");
            assertThat(subjects.beside("bucket_7", 5))
                    .singleElement()
                    .asString()
                    .contains("the step failed");
            assertThat(subjects.beside("bucket-7", 5)).as("no wildcard").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void that_a_record_was_found_deleted_is_part_of_the_story(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            world.scan(fail("s3-public", "one"));
            Ticket ticket = world.deliver(fail("s3-public", "one"), Action.OPEN);

            world.records.deleted(ticket);

            assertThat(world.count("event where what = 'seen' and text = 'the record is not there any more'"))
                    .isEqualTo(1);
        }
    }
}
