package io.ticketbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A test says in brackets which promises it holds: whoever asks for the proof of one finds it by its number. What each number
 * stands for is on a page.
 */
class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("\\((P\\d+(?:(?:, | to )P\\d+)*)\\)");
    private static final Pattern RANGE = Pattern.compile("P(\\d+)(?: to P(\\d+))?");

    private static final Path PAGE = Path.of("docs/words.md");

    /** P0 to P3 are priorities of cases as well. */
    private static final Pattern CITED = Pattern.compile("\\bP([1-9]\\d?)\\b");

    @Test
    void the_page_has_a_line_for_each_promise_in_order() throws IOException {
        assertThat(Pattern.compile("(?m)^\\| P(\\d+) \\| .{20,} \\|$")
                        .matcher(Files.readString(PAGE))
                        .results()
                        .map(line -> Integer.parseInt(line.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
    }

    @Test
    void each_number_that_a_document_a_route_or_the_code_cites_is_on_the_page() throws IOException {
        Set<String> cited = new TreeSet<>();
        for (Path folder : List.of(
                Path.of("docs"),
                Path.of("routes"),
                Path.of("src"),
                Path.of("bench"),
                Path.of("config"),
                Path.of("."))) {
            int depth = folder.equals(Path.of(".")) ? 1 : Integer.MAX_VALUE;
            try (Stream<Path> files = Files.find(folder, depth, (file, what) -> what.isRegularFile())) {
                for (Path file : files.filter(PromisesTest::cites).toList()) {
                    CITED.matcher(Files.readString(file))
                            .results()
                            .filter(number -> Integer.parseInt(number.group(1)) > 40)
                            .forEach(number -> cited.add(file + ": " + number.group()));
                }
            }
        }
        assertThat(cited).isEmpty();
    }

    @Test
    void the_page_has_the_outcomes_of_an_account() throws IOException {
        String outcomes = Files.readString(PAGE).replaceAll("(?s).*## Outcomes|## Promises.*", "");
        assertThat(Pattern.compile("(?m)^\\| ([a-z]+) \\| ")
                        .matcher(outcomes)
                        .results()
                        .map(line -> line.group(1))
                        .skip(1))
                .containsExactlyElementsOf(Account.OUTCOMES);
    }

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

    private static boolean cites(Path file) {
        return file.toString().matches(".*\\.(md|yaml|java|sql)");
    }

    private static IntStream numbers(MatchResult range) {
        int first = Integer.parseInt(range.group(1));
        return IntStream.rangeClosed(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
    }
}
