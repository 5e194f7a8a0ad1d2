package io.ticketbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operations guide names what there is, and all of it. */
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
    void every_test_and_command_option_that_is_named_exists() throws IOException {
        String guide = read("docs/operations.md");
        Set<String> tests;
        try (var files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(found("`(\\w+Test)`", guide)).isNotEmpty().isSubsetOf(tests);
    }
}
