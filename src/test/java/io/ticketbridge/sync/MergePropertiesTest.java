package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sync.SyncedPair.Crash;
import io.ticketbridge.sync.SyncedPair.Edit;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any edits, maps, owners and crashes. {@link SyncedPair} plays both sides. */
class MergePropertiesTest {
    /** What happens between two rounds, and what becomes of the round. */
    record Step(List<Edit> edits, Crash crash) {}

    @Property(tries = 2000)
    void a_round_without_edits_writes_nothing(
            @ForAll("pairs") SyncedPair pair, @ForAll("histories") List<Step> history) {
        for (Step step : history) {
            step.edits().forEach(pair::edit);
            pair.round(Crash.NONE);
            Merged again = pair.merge();
            assertThat(pair.writesNothing()).as(pair::story).isTrue();
            assertThat(again.overruled()).as(pair::story).isEmpty();
            assertThat(again.untranslated()).as(pair::story).isEmpty();
        }
    }

    @Property(tries = 2000)
    void what_a_person_typed_is_on_both_sides_or_said_on_the_other(
            @ForAll("pairs") SyncedPair pair, @ForAll("histories") List<Step> history) {
        for (Step step : history) {
            step.edits().forEach(pair::edit);
            pair.round(step.crash());
            if (SyncedPair.isWhole(step.crash())) {
                assertThat(pair.lost()).as(pair::story).isEmpty();
            }
        }
    }

    @Property(tries = 2000)
    void a_round_that_broke_off_and_is_repeated_ends_like_one_that_did_not(
            @ForAll("pairs") SyncedPair pair, @ForAll("edits") List<Edit> edits, @ForAll Crash crash) {
        edits.forEach(pair::edit);
        SyncedPair whole = pair.copy();
        whole.round(Crash.NONE);
        pair.round(crash);
        pair.round(Crash.NONE);
        assertThat(pair.values()).as(pair::story).isEqualTo(whole.values());
        assertThat(pair.said()).as(pair::story).isEqualTo(whole.said());
    }

    @Property(tries = 2000)
    void both_sides_agree_in_the_end_where_all_can_be_told(
            @ForAll("owners") Map<SyncField, Side> owners, @ForAll("histories") List<Step> history) {
        SyncedPair pair = SyncedPair.whole(owners);
        for (Step step : history) {
            step.edits().stream().filter(SyncedPair::canBeTold).forEach(pair::edit);
            pair.round(step.crash());
        }
        pair.round(Crash.NONE);
        assertThat(pair.differing()).as(pair::story).isEmpty();
    }

    @Provide
    Arbitrary<SyncedPair> pairs() {
        Arbitrary<Set<SyncField>> writable = Arbitraries.subsetOf(SyncField.values());
        Arbitrary<Long> maps = Arbitraries.longs().between(0, 5000);
        return Combinators.combine(owners(), writable, maps, Arbitraries.of(true, false))
                .as(SyncedPair::new);
    }

    @Provide
    Arbitrary<Map<SyncField, Side>> owners() {
        return Arbitraries.of(Side.class)
                .list()
                .ofSize(SyncField.values().length)
                .map(sides -> IntStream.range(0, sides.size())
                        .boxed()
                        .collect(Collectors.toMap(at -> SyncField.values()[at], sides::get)));
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of(Side.class), Arbitraries.of(SyncField.class), Arbitraries.of(0, 1, 2, 3, 4))
                .as(Edit::new)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(edits(), Arbitraries.of(Crash.class))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
