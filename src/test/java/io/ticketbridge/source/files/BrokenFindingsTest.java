package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds: no crash, bounded memory, and each bad record or the file itself refused with line and column (P4, P36). */
class BrokenFindingsTest {
    private static final String PLACE = "(?s)findings\\.json, line \\d+, column \\d+.*";

    @Test
    void a_value_of_the_wrong_type_costs_no_more_than_its_record() throws IOException {
        for (String record : BrokenFindings.records("bucket")) {
            for (String mutant : BrokenFindings.ofWrongTypes(record)) {
                Records records = Records.of(
                        "[" + Records.prowler("before") + "," + mutant + "," + Records.prowler("after") + "]");

                assertThat(records.complete()).as(mutant).isTrue();
                assertThat(records.resources()).as(mutant).startsWith("before").endsWith("after");
                assertSaysWhere(mutant, records.all());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wrong_bytes_are_survived_and_said(long seed) throws IOException {
        for (String record : BrokenFindings.records("bucket")) {
            String file = "[" + Records.prowler("before") + ",\n" + record + ",\n" + Records.asff("after") + "]";
            for (byte[] mutant : BrokenFindings.ofWrongBytes(file, 400, seed)) {
                assertSurvived("seed " + seed + ": " + new String(mutant), mutant);
            }
        }
    }

    @Test
    void every_kind_of_broken_file_is_survived_and_said() throws IOException {
        for (Map.Entry<String, byte[]> file : BrokenFindings.files().entrySet()) {
            assertSurvived(file.getKey(), file.getValue());
        }
    }

    /** In a process with a heap that none of them would fit. */
    @Test
    void endless_files_are_read_in_bounded_memory() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx80m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EndlessFiles.class.getName(),
                        "100")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.lines().toList())
                .containsExactlyElementsOf(List.of(
                        "a string: 1 findings, 1 refused, complete",
                        "a key: 1 findings, 1 refused, complete",
                        "a number: 1 findings, 1 refused, complete",
                        "lists: 0 findings, 0 refused, not complete",
                        "objects: 0 findings, 0 refused, not complete",
                        "blanks inside: 1 findings, 0 refused, complete",
                        "blanks before: no findings file",
                        "one line after another: no findings file",
                        "records: many findings, 0 refused, complete"));
    }

    /** What a process of its own does with streams that no heap holds. */
    static final class EndlessFiles {
        public static void main(String[] arguments) throws IOException {
            BrokenFindings.endless(Long.parseLong(arguments[0]))
                    .forEach((name, stream) -> System.out.println(name + ": " + outcome(stream)));
        }

        private static String outcome(InputStream stream) {
            long findings = 0;
            long refused = 0;
            try (FindingsFile file = FindingsFile.open(stream, Records.NAME)) {
                while (file.hasNext()) {
                    if (file.next() instanceof Unreadable) {
                        refused++;
                    } else {
                        findings++;
                    }
                }
                return (findings > 1 ? "many" : findings) + " findings, " + refused + " refused, "
                        + (file.complete() ? "complete" : "not complete");
            } catch (NotAFindingsFile e) {
                return "no findings file";
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    private static void assertSurvived(String what, byte[] bytes) throws IOException {
        List<SourceRecord> all = new ArrayList<>();
        try (FindingsFile file = FindingsFile.open(new ByteArrayInputStream(bytes), Records.NAME)) {
            file.forEachRemaining(all::add);
            assertThat(file.complete() || file.problem().orElse("").matches(PLACE))
                    .as(what)
                    .isTrue();
        } catch (NotAFindingsFile refused) {
            assertThat(refused).as(what).message().matches(PLACE);
        }
        assertSaysWhere(what, all);
    }

    private static void assertSaysWhere(String what, List<SourceRecord> records) {
        for (SourceRecord record : records) {
            if (record instanceof Unreadable unreadable) {
                assertThat(unreadable.error()).as(what).matches(PLACE).doesNotContain("please report it");
            }
        }
    }
}
