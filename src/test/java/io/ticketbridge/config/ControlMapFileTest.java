package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.ControlMap.Joined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which controls are the same is read from a file, and all that is wrong with it is said at once. */
class ControlMapFileTest {
    private static final String PROPERTY = "ticketbridge.flow.compliance.control-map";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private ControlMap read(String text) throws IOException {
        return ControlMapFile.read(Files.writeString(folder.resolve("controls.yaml"), text), PROPERTY, problems);
    }

    private List<String> said() {
        return problems.without(List.of()).stream()
                .map(problem -> problem.toString().replace(folder + "/", "").replace(PROPERTY + " ", ""))
                .toList();
    }

    @Test
    void each_name_is_joined_into_the_entry_that_lists_it() throws IOException {
        ControlMap map = read(
                """
                s3-public-access:
                  title: S3 buckets must block public access
                  same-as: [s3_bucket_public_access, S3.8, "CIS-1.4 2.1.5", 2.1]
                mfa:
                  same-as:
                    - iam_mfa
                """);

        Joined joined = new Joined("s3-public-access", "S3 buckets must block public access");
        assertThat(said()).isEmpty();
        assertThat(map.of("S3.8")).contains(joined);
        assertThat(map.of("CIS-1.4 2.1.5")).contains(joined);
        assertThat(map.of("2.1")).contains(joined);
        assertThat(map.of("iam_mfa")).contains(new Joined("mfa", "mfa"));
        assertThat(map.of("s3-public-access")).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_said_at_once_with_its_line() throws IOException {
        read(
                """
                one:
                  titel: One
                  same-as: [a, b]
                two:
                  same-as: [b, c, c]
                three:
                  title: Three
                four: d
                five:
                  same-as: []
                """);

        assertThat(said())
                .containsExactly(
                        "must not say titel of one (from controls.yaml:2): write title, or remove it",
                        "must not name b a second time: line 3 has it in one (from controls.yaml:5): keep it in one of them",
                        "must not name c a second time: line 5 has it in two (from controls.yaml:5): keep it in one of them",
                        "three must have a list same-as (from controls.yaml:6): name the checks and controls that are the same",
                        "four must have same-as (from controls.yaml:8): write below it same-as: and a list of checks and controls",
                        "five must have a list same-as (from controls.yaml:10): name the checks and controls that are the same");
    }

    @Test
    void what_is_no_yaml_or_not_there_is_said() throws IOException {
        read("one: [a\ntwo: b");
        read("");
        ControlMapFile.read(folder.resolve("nowhere.yaml"), PROPERTY, problems);

        assertThat(said())
                .hasSize(3)
                .anyMatch(each -> each.matches("is no YAML: .*\\(from controls.yaml:2\\): correct the line"))
                .anyMatch(each -> each.startsWith("names no control (from controls.yaml)"))
                .anyMatch(each -> each.startsWith("must name a readable UTF-8 file, was nowhere.yaml"));
    }

    /** Settings of a key twice in YAML are a mistake of whoever copied an entry. */
    @Test
    void an_entry_that_is_there_twice_is_said() throws IOException {
        read("one:\n  same-as: [a]\none:\n  same-as: [b]\n");

        assertThat(said()).singleElement().asString().contains("controls.yaml:3");
    }
}
