package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of one field, by example; {@link Words} says what the letters are. Columns: the situation; the fields it is
 * tried with; the base (source and ticket, or none); the source's value; the ticket's value; the owner, or any of the two;
 * what is done; the base afterwards, in which ? is what ServiceNow answers. A minus is a value that is not there at all. The
 * tickets are closed, as those whose findings are told are.
 */
class MergeExamplesTest {
    private static final String SAME_OR_CHANGED =
            """
            nobody edits                     | every field | Aa | A | a | any        | nothing | Aa
            only the source changed          | every field | Aa | B | a | any        | ticket gets B | B?
            only the ticket changed          | every field | Aa | A | b | any        | source gets B | Bb
            both changed to the same         | every field | Aa | B | b | any        | nothing | Bb
            both changed, the ticket's wins  | every field | Aa | B | c | servicenow | source gets C, B overruled | Cc
            both changed, the source's wins  | every field | Aa | B | c | vision-one | ticket gets B, c overruled | B?
            they differ, and it was told     | every field | Ax | A | x | any        | nothing | Ax
            the source goes back             | every field | Bx | A | x | any        | ticket gets A | A?
            the ticket goes back             | every field | Bx | B | a | any        | source gets A | Aa
            """;

    private static final String FIRST_MEETING =
            """
            they agree                       | every field | none | A | a | any        | nothing | Aa
            the ticket's owner wins quietly  | every field | none | A | b | servicenow | source gets B | Bb
            the source's owner wins quietly  | every field | none | A | b | vision-one | ticket gets A | A?
            the ticket's can't be translated | priority findings name description | none | A | x | servicenow | x can't be told | Ax
            """;

    private static final String ABSENT =
            """
            the column was not read          | every field | Aa | B | - | any | nothing | Aa
            and was never read               | every field | none | B | - | any | nothing | none
            the source does not have it      | every field | Aa | - | a | any | nothing | Aa
            it never had, and the ticket has | every field | none | - | b | any | source gets B | Bb
            the ticket changed all the same  | every field | Aa | - | b | any | source gets B | Bb
            nothing on either side           | status priority findings name | none | 0 | 0 | any | nothing | 00
            an empty value is no change      | status priority findings name | Aa | 0 | a | any | nothing | Aa
            on the ticket neither            | every field | Aa | A | 0 | any | nothing | Aa
            and gives way to one that says   | every field | Aa | B | 0 | any | ticket gets B | B?
            also where they meet             | every field | none | A | 0 | any | ticket gets A | A?
            on the other side too            | status priority findings name | Aa | 0 | b | any | source gets B | Bb
            the source may empty its text    | description | Aa | 0 | a | any | ticket gets 0 | 0?
            """;

    private static final String UNTRANSLATABLE =
            """
            the ticket's words, said once    | priority findings name description | Aa | A | x | any | x can't be told | Ax
            both changed, the ticket's words | priority findings name description | Aa | B | x | servicenow | x can't be told, B overruled | Bx
            both changed, the source wins    | every field | Aa | B | x | vision-one | ticket gets B, x overruled | B?
            a state without a list           | status | Aa | A | x | any | x has no list | Aa
            a state, and the source changed  | status | Aa | B | x | servicenow | x has no list | Aa
            met with a state without a list  | status | none | A | x | servicenow | x has no list | 00
            a status without a list          | status | Aa | Z | a | any | Z has no list | Aa
            findings without a list          | findings | Aa | Z | a | any | Z can't be told | Za
            a priority needs no list         | priority | Aa | Z | a | any | ticket gets Z | Z?
            """;

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = SAME_OR_CHANGED)
    void whoever_changed_a_field_is_followed(
            String situation,
            String fields,
            String base,
            String source,
            String ticket,
            String owner,
            String done,
            String after) {
        becomes(fields, base, source, ticket, owner, done, after);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = FIRST_MEETING)
    void at_the_first_meeting_the_owner_is_followed(
            String situation,
            String fields,
            String base,
            String source,
            String ticket,
            String owner,
            String done,
            String after) {
        becomes(fields, base, source, ticket, owner, done, after);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = ABSENT)
    void what_says_nothing_changes_nothing(
            String situation,
            String fields,
            String base,
            String source,
            String ticket,
            String owner,
            String done,
            String after) {
        becomes(fields, base, source, ticket, owner, done, after);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = UNTRANSLATABLE)
    void what_has_no_translation_is_named(
            String situation,
            String fields,
            String base,
            String source,
            String ticket,
            String owner,
            String done,
            String after) {
        becomes(fields, base, source, ticket, owner, done, after);
    }

    @Test
    void a_field_that_the_source_does_not_take_is_told_in_words_and_once() {
        for (SyncField field : SyncField.values()) {
            Merged merged = merged(field, "Aa", "A", "b", Side.SERVICENOW, Set.of());
            assertThat(done(field, merged)).isEqualTo("b can't be told");
            assertThat(after(field, merged)).isEqualTo("Ab");
            assertThat(done(field, merged(field, "Ab", "A", "b", Side.SERVICENOW, Set.of())))
                    .isEqualTo("nothing");
        }
    }

    @Test
    void a_first_meeting_does_not_tell_of_fields_that_the_source_never_takes() {
        Merged merged = merged(SyncField.PRIORITY, "none", "A", "b", Side.SERVICENOW, Set.of());
        assertThat(done(SyncField.PRIORITY, merged)).isEqualTo("nothing");
        assertThat(after(SyncField.PRIORITY, merged)).isEqualTo("Ab");
    }

    @Test
    void alerts_spell_the_same_values_differently() {
        Merged merged = Merge.merge(
                Map.of(SyncField.STATUS, new Both("In-progress", "2")),
                Map.of(SyncField.STATUS, "In Progress"),
                Map.of(SyncField.STATUS, "6"),
                Words.INCIDENT,
                Map.of(SyncField.STATUS, Side.VISION_ONE),
                Set.of(SyncField.STATUS));
        assertThat(merged.toVisionOne()).isEqualTo(Map.of(SyncField.STATUS, "Closed"));
        assertThat(merged.overruled()).isEmpty();
    }

    private static void becomes(
            String fields, String base, String source, String ticket, String owner, String done, String after) {
        for (SyncField field : Words.fields(fields)) {
            for (Side side : Side.values()) {
                if (owner.equals("any") || owner.equals(side.toString())) {
                    Merged merged = merged(field, base, source, ticket, side, EnumSet.allOf(SyncField.class));
                    assertThat(done(field, merged)).as(field + ", " + side).isEqualTo(done);
                    assertThat(after(field, merged)).as(field + ", " + side).isEqualTo(after);
                }
            }
        }
    }

    private static Merged merged(
            SyncField field, String base, String source, String ticket, Side owner, Set<SyncField> writable) {
        Map<SyncField, Both> bases = new EnumMap<>(SyncField.class);
        Map<SyncField, String> ofSource = new EnumMap<>(SyncField.class);
        Map<SyncField, String> ofTicket = new EnumMap<>(SyncField.class);
        bases.put(SyncField.STATUS, new Both("Closed", "6"));
        ofSource.put(SyncField.STATUS, "Closed");
        ofTicket.put(SyncField.STATUS, "6");
        List.of(bases, ofSource, ofTicket).forEach(map -> map.remove(field));
        if (!base.equals("none")) {
            bases.put(
                    field, new Both(Words.source(field, base.substring(0, 1)), Words.ticket(field, base.substring(1))));
        }
        if (!source.equals("-")) {
            ofSource.put(field, Words.source(field, source));
        }
        if (!ticket.equals("-")) {
            ofTicket.put(field, Words.ticket(field, ticket));
        }
        return Merge.merge(bases, ofSource, ofTicket, Words.INCIDENT, Map.of(field, owner), writable);
    }

    private static String done(SyncField field, Merged merged) {
        List<String> done = new ArrayList<>();
        merged.toServiceNow().forEach((of, value) -> done.add("ticket gets " + Words.sourceLetter(of, value)));
        merged.toVisionOne().forEach((of, value) -> done.add("source gets " + Words.sourceLetter(of, value)));
        merged.untranslated().forEach(each -> done.add(letter(field, each.from(), each.value()) + " can't be told"));
        merged.overruled().forEach(each -> done.add(letter(field, each.loser(), each.value()) + " overruled"));
        merged.unmappedStates()
                .forEach(state -> done.add(
                        letter(field, Arrays.asList("99").contains(state) ? Side.SERVICENOW : Side.VISION_ONE, state)
                                + " has no list"));
        return done.isEmpty() ? "nothing" : String.join(", ", done);
    }

    private static String after(SyncField field, Merged merged) {
        Both both = merged.agreed().get(field);
        if (both == null) {
            return "none";
        }
        return Words.sourceLetter(field, both.source())
                + (both.ticket() == null ? "?" : Words.ticketLetter(field, both.ticket()));
    }

    private static String letter(SyncField field, Side side, String value) {
        return side == Side.VISION_ONE ? Words.sourceLetter(field, value) : Words.ticketLetter(field, value);
    }
}
