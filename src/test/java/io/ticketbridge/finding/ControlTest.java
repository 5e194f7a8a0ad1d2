package io.ticketbridge.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {
    private static List<Control> controls(String told) {
        return told == null
                ? List.of()
                : Stream.of(told.split(" "))
                        .map(each -> each.contains("/")
                                ? new Control(each.split("/")[0], each.split("/")[1], "")
                                : new Control("", each, ""))
                        .toList();
    }

    /** Of {@code FRAMEWORK/ID}, or the source's own {@code ID}. */
    @ParameterizedTest
    @CsvSource({
        "own CIS/1, own NIST/2, true",
        "own, other, false",
        "own, CIS/own, false",
        "CIS/own, own, false",
        "CIS/1, CIS/1, false",
        "own, , false",
        ", own, false"
    })
    void findings_share_their_sources_control_where_both_begin_with_it(String one, String other, boolean same) {
        assertThat(Control.isSameOwn(controls(one), controls(other))).isEqualTo(same);
    }
}
