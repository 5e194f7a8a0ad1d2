package io.ticketbridge.ledger.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record is the same at the other end: its id is made of every character. */
class RecordTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"bucket", "nul\0inside", "half \ud800 a character", "\u2028 \ud83d\ude00 ä", "a \\u0000 in words"
            })
    void a_finding_keeps_its_identity_and_its_content(String resource) {
        Finding finding = Findings.of(resource, resource).finding();
        byte[] sent = RecordText.write(finding).getBytes(StandardCharsets.UTF_8);

        SourceRecord read = RecordText.read(new String(sent, StandardCharsets.UTF_8), true);

        assertThat(read).isInstanceOfSatisfying(Finding.class, same -> {
            assertThat(same.id()).isEqualTo(finding.id());
            assertThat(same.content()).isEqualTo(finding.content());
            assertThat(same.controls()).isEqualTo(finding.controls());
            assertThat(same.result()).isEqualTo(finding.result());
        });
    }

    @Test
    void what_is_no_finding_any_more_becomes_a_dead_letter() {
        assertThat(RecordText.read("{\"resource\":", true))
                .isInstanceOfSatisfying(
                        Unreadable.class, dead -> assertThat(dead.raw()).isEqualTo("{\"resource\":"));
        assertThat(RecordText.read("null", true)).isNotInstanceOf(Finding.class);
        Unreadable unreadable = new Unreadable("raw", "why");
        assertThat(RecordText.read(RecordText.write(unreadable), false)).isEqualTo(unreadable);
    }
}
