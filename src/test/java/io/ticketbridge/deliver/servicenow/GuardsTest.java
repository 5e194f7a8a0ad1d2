package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that must not become a query, a path or HTML (P16, P38), and settings that must not be half there. */
class GuardsTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "../sys_user/0123456789abcdef0123456789ab",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef\n",
                "INC0010001"
            })
    void a_sys_id_is_32_digits_and_nothing_else(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SysId.require(value))
                .withMessageStartingWith("A sys_id must be 32 digits of 0-9 and a-f, was ");
    }

    @Test
    void a_sys_id_from_data_cannot_change_the_path() throws Exception {
        try (FakeInstance instance = new FakeInstance();
                Calls calls = new Calls(Accesses.client(instance.url()), Network.DIRECT, Clock.systemUTC())) {
            Fault fault =
                    Calls.fault(calls.update("../sys_user/0123456789abcdef0123456789abcdef", Map.of("state", "1")));

            assertThat(fault.kind()).isEqualTo(Fault.Kind.REFUSED);
            assertThat(fault.message()).contains("A sys_id must be 32 digits");
            assertThat(instance.calls).isEmpty();
        }
    }

    @Test
    void a_query_reads_as_servicenow_wants_it() {
        Instant time = Instant.parse("2026-11-01T12:00:59.9Z");
        EncodedQuery newer = EncodedQuery.where("correlation_display", "ours").after("sys_updated_on", time);
        EncodedQuery same = EncodedQuery.since("sys_updated_on", time).after("sys_id", "0f");

        assertThat(EncodedQuery.where("correlation_id", "a b")
                        .in("state", List.of("1", "2"))
                        .orderBy("sys_id"))
                .hasToString("correlation_id=a b^stateIN1,2^ORDERBYsys_id");
        assertThat(newer.orElse(same).orderBy("sys_updated_on").orderBy("sys_id"))
                .hasToString("correlation_display=ours^sys_updated_on>2026-11-01 12:00:59^NQsys_updated_on>=2026-11-01"
                        + " 12:00:59^sys_id>0f^ORDERBYsys_updated_on^ORDERBYsys_id");
        assertThat(EncodedQuery.where("caller_id.name", "50%41").header()).isEqualTo("caller_id.name=50%2541");
        assertThatThrownBy(() -> newer.orElse(same).and("state", "1")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "a^ORnumberISNOTEMPTY",
                "a\nb",
                "a\u0000",
                "a\u2028b",
                "javascript:gs.getUserID()",
                " JavaScript:x"
            })
    void a_value_cannot_become_a_condition(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.where("correlation_id", value));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncodedQuery.whereIn("correlation_id", Arrays.asList("x", value)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "State", "a^b", "a b", "a.", ".a", "1a", "a=b", "a\n"})
    void a_column_is_a_column_name(String column) {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.where(column, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncodedQuery.where("a", "x").orderBy(column));
    }

    @Test
    void a_list_is_neither_empty_nor_split_by_a_comma() {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.whereIn("state", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedQuery.whereIn("state", List.of("1,2")));
    }

    @ParameterizedTest
    @CsvSource({
        "a [code]<b>x</b>[/code] b, a [ code]<b>x</b>[ /code] b",
        "[CoDe][/CODE], [ CoDe][ /CODE]",
        "[co[code]de], [co[ code]de]",
        "[c\u200Bode], [ c\u200Bode]",
        "[c\u0007ode], [ code]",
        "array[code1] [codec] [encode], array[code1] [codec] [encode]"
    })
    void code_tags_lose_their_power_and_keep_their_words(String text, String neutral) {
        assertThat(Journal.text(text)).isEqualTo(neutral);
        assertThat(Journal.text(neutral)).isEqualTo(neutral);
    }

    @Property
    void no_text_yields_a_code_tag(@ForAll String before, @ForAll String after) {
        String text = Journal.text(before + "[code]" + after + "[\u0000/Code]");
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("[code]", "[/code]");
    }

    @Test
    void journal_text_keeps_its_lines() {
        assertThat(Journal.text("one\r\ntwo\tthree")).isEqualTo("one\ntwo\tthree");
        assertThat(Journal.text(null)).isEmpty();
    }

    @Test
    void what_a_server_said_is_cut_and_never_inside_a_character() {
        assertThat(Sentence.of("x".repeat(498) + "\uD83D\uDE00 and more")).isEqualTo("x".repeat(498) + "…");
    }
}
