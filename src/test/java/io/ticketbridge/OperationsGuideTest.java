package io.ticketbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operations guide names what there is, and all of it; and no page names a test that is not there. */
class OperationsGuideTest {
    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    private static Set<String> found(String regex, String text) {
        return Pattern.compile(regex, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_alert_has_its_meaning_and_cure_and_no_other_is_named() throws IOException {
        Set<String> rules = found("alert: (\\w+)", read("observability/prometheus-rules.yaml"));

        assertThat(found("^\\| `(Ticketbridge\\w+)` \\| [^|]{10,} \\| [^|]{10,} \\|$", read("docs/operations.md")))
                .isEqualTo(rules);
    }

    @Test
    void every_log_line_that_is_named_is_one_that_the_code_says() throws IOException {
        String guide = read("docs/operations.md");
        String code;
        try (var files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            code = all.toString();
        }

        Set<String> lines = found("^\\| `([A-Z][^`]+)` \\((?:ERROR|WARN)\\)", guide);
        assertThat(lines).hasSizeGreaterThan(8).allSatisfy(line -> assertThat(code)
                .contains(line));
    }

    @Test
    void every_test_that_a_document_names_is_one_that_there_is() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String folder : List.of("src/test/java", "src/crash/java", "bench/java")) {
            try (var files = Files.walk(Path.of(folder))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }
        assertThat(found("\\b(\\w+(?:Test|IT))`", read("docs/tests.md"))).hasSizeGreaterThan(20);
        for (String page : pages()) {
            assertThat(found("`([A-Z]\\w+(?:Test|IT))`", read(page))).as(page).isSubsetOf(tests);
        }
    }

    private static List<String> pages() throws IOException {
        try (var docs = Files.walk(Path.of("docs"));
                var above = Files.list(Path.of("."))) {
            return Stream.concat(docs, above)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".md"))
                    .toList();
        }
    }
}
