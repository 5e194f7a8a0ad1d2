package io.ticketbridge.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DigestTest {
    /** SHA-256 of 00000002 6162 00000001 63, cut to 16 bytes. */
    @Test
    void values_are_length_prefixed() {
        assertThat(Digest.of("ab", "c")).hasToString("f2939f90-3016-e5bb-29b1-e4a61cdbd376");
        assertThat(Digest.of("ab", "c"))
                .isNotEqualTo(Digest.of("a", "bc"))
                .isNotEqualTo(Digest.of("abc"))
                .isNotEqualTo(Digest.of("ab", "c", ""))
                .isNotEqualTo(Digest.of("", "ab", "c"));
    }

    @Test
    void nothing_and_an_empty_text_are_the_same_value() {
        assertThat(Digest.of(Arrays.asList("a", null))).isEqualTo(Digest.of("a", ""));
    }

    @Property(tries = 2000)
    void different_lists_have_different_digests(
            @ForAll @Size(max = 4) List<String> one, @ForAll @Size(max = 4) List<String> two) {
        assertThat(Digest.of(one).equals(Digest.of(two))).isEqualTo(asUtf8(one).equals(asUtf8(two)));
    }

    @Property(tries = 500)
    void moving_a_border_between_two_values_changes_the_digest(@ForAll String text, @ForAll int one, @ForAll int two) {
        int first = Math.floorMod(one, text.length() + 1);
        int second = Math.floorMod(two, text.length() + 1);
        List<String> cutFirst = List.of(text.substring(0, first), text.substring(first));
        List<String> cutSecond = List.of(text.substring(0, second), text.substring(second));

        assertThat(Digest.of(cutFirst).equals(Digest.of(cutSecond)))
                .isEqualTo(asUtf8(cutFirst).equals(asUtf8(cutSecond)));
    }

    @Test
    void many_threads_get_the_same_digests() {
        List<String> values = List.of("scope", "account", "check", "x".repeat(10_000));
        UUID alone = Digest.of(values);
        var others = ConcurrentHashMap.<UUID>newKeySet();

        IntStream.range(0, 1000).parallel().forEach(i -> others.add(Digest.of(values)));

        assertThat(others).containsExactly(alone);
    }

    private static List<String> asUtf8(List<String> values) {
        var utf8 = StandardCharsets.UTF_8;
        return values.stream()
                .map(value -> new String(value.getBytes(utf8), utf8))
                .toList();
    }
}
