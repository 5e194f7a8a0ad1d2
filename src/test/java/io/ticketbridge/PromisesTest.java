package io.ticketbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test says in brackets which promises it holds: whoever asks for the proof of one finds it by its number. */
class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("\\((P\\d+(?:(?:, | to )P\\d+)*)\\)");
    private static final Pattern RANGE = Pattern.compile("P(\\d+)(?: to P(\\d+))?");

    @Test
    void each_promise_is_named_by_a_test() throws IOException {
        Set<Integer> named = new TreeSet<>();
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("src/test/java")), Files.walk(Path.of("src/crash/java")))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                NAMED.matcher(Files.readString(file))
                        .results()
                        .flatMap(brackets -> RANGE.matcher(brackets.group(1)).results())
                        .flatMapToInt(PromisesTest::numbers)
                        .forEach(named::add);
            }
        }
        assertThat(named).isEqualTo(IntStream.rangeClosed(1, 40).boxed().collect(Collectors.toSet()));
    }

    private static IntStream numbers(MatchResult range) {
        int first = Integer.parseInt(range.group(1));
        return IntStream.rangeClosed(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
    }
}
