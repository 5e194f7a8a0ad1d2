package io.ticketbridge.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FindingTest {
    private static final Findings ONE = Findings.of("s3-public", "arn:aws:s3:::bucket");
    private static final Note NOTE = new Note("note-1", "ann", Instant.EPOCH, "seen");

    private static Arguments change(String what, UnaryOperator<Findings> how) {
        return Arguments.of(what, how);
    }

    static Stream<Arguments> identifying() {
        return Stream.of(
                change("scope", one -> one.scope("azure")),
                change("account", one -> one.account("2")),
                change("region", one -> one.region("us-east-1")),
                change("check", one -> one.check("s3-private")),
                change("resource", one -> one.resource(new Resource("arn:aws:s3:::other", "", "bucket"))));
    }

    static Stream<Arguments> shown() {
        return Stream.of(
                change("result", one -> one.with(Result.PASS)),
                change("severity", one -> one.with(Severity.HIGH)),
                change("title", one -> one.title("Another")),
                change("description", one -> one.description("Another")),
                change("attribute", one -> one.attributes(Map.of("provider", "gcp"))),
                change("one more attribute", one -> one.attributes(Map.of("provider", "aws", "owner", "ann"))),
                change("one more note", one -> one.notes(NOTE)));
    }

    static Stream<Arguments> noted() {
        return Stream.of(
                change("its text", one -> one.notes(new Note("note-1", "ann", Instant.EPOCH, "seen it"))),
                change(
                        "a file",
                        one -> one.notes(new Note("note-1", "ann", Instant.EPOCH, "seen", List.of("file-1")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noted")
    void content_changes_with_a_note_that_changes(String what, UnaryOperator<Findings> how) {
        assertThat(how.apply(ONE).finding().content())
                .isNotEqualTo(ONE.notes(NOTE).finding().content());
    }

    static Stream<Arguments> unimportant() {
        return Stream.of(
                change("message", one -> one.message("the key is 92 days old")),
                change("time", one -> one.observedAt(Instant.parse("2026-11-02T00:00:00Z"))),
                change("remediation and link", one -> one.help("Do it", "https://docs.example/new")),
                change("controls", one -> one.controls(new Control("CIS-1.4", "1.20", ""))),
                change(
                        "the resource's name and type",
                        one -> one.resource(new Resource("arn:aws:s3:::bucket", "shop", "AwsS3Bucket"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("identifying")
    void identity_changes_with(String what, UnaryOperator<Findings> how) {
        assertThat(how.apply(ONE).finding().id()).isNotEqualTo(ONE.finding().id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"shown", "unimportant"})
    void identity_does_not_change_with(String what, UnaryOperator<Findings> how) {
        assertThat(how.apply(ONE).finding().id()).isEqualTo(ONE.finding().id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void content_changes_with(String what, UnaryOperator<Findings> how) {
        assertThat(how.apply(ONE).finding().content())
                .isNotEqualTo(ONE.finding().content());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"identifying", "unimportant"})
    void content_does_not_change_with(String what, UnaryOperator<Findings> how) {
        assertThat(how.apply(ONE).finding().content()).isEqualTo(ONE.finding().content());
    }

    /** Ledgers hold it: another value would open every ticket anew. Change it only with a migration (P3). */
    @Test
    void the_recipe_of_identities_is_fixed() {
        assertThat(Finding.RECIPE).isEqualTo("1");
        assertThat(ONE.finding().id())
                .isEqualTo(Digest.of("1", "aws", "123456789012", "eu-west-1", "s3-public", "arn:aws:s3:::bucket"))
                .hasToString("b94ab5e5-8bd9-9b6f-2c19-4f22d6f12d5a");
    }

    @Test
    void fields_do_not_run_into_each_other() {
        Finding one = Findings.of("ab", "c").finding();
        Finding two = Findings.of("a", "bc").finding();
        Finding regionless = Findings.of("x", "y").account("eu").region("").finding();
        Finding accountless = Findings.of("x", "y").account("").region("eu").finding();

        assertThat(one.id()).isNotEqualTo(two.id());
        assertThat(regionless.id()).isNotEqualTo(accountless.id());
        assertThat(Findings.of("a", "b").title("ab").description("c").finding().content())
                .isNotEqualTo(Findings.of("a", "b")
                        .title("a")
                        .description("bc")
                        .finding()
                        .content());
    }

    @Test
    void the_worst_result_is_a_failure_and_the_best_a_pass() {
        assertThat(Result.FAIL.isWorseThan(Result.SUPPRESSED)).isTrue();
        assertThat(Result.SUPPRESSED.isWorseThan(Result.INCONCLUSIVE)).isTrue();
        assertThat(Result.INCONCLUSIVE.isWorseThan(Result.PASS)).isTrue();
        assertThat(Stream.of(Result.values()).filter(result -> result.isWorseThan(result)))
                .isEmpty();
    }

    @Test
    void what_moves_to_another_place_keeps_all_it_says() {
        Findings all = ONE.controls(new Control("CIS-1.4", "1.20", "")).notes(NOTE);
        Finding one = all.resource(new Resource("arn:aws:s3:::bucket", "shop", "AwsS3Bucket"))
                .finding();

        assertThat(one.in("azure")).isEqualTo(new Findings(one).scope("azure").finding());
        assertThat(one.at("2", "us-east-1", "other"))
                .isEqualTo(new Findings(one)
                        .account("2")
                        .region("us-east-1")
                        .resource(new Resource("other", "shop", "AwsS3Bucket"))
                        .finding());
    }

    @Test
    void what_a_source_does_not_say_is_empty_and_not_null() {
        Finding bare = new Finding(
                null,
                null,
                null,
                null,
                new Resource("one", null, null),
                Result.FAIL,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(bare)
                .isEqualTo(new Finding(
                        "",
                        "",
                        "",
                        "",
                        new Resource("one", "", ""),
                        Result.FAIL,
                        Severity.UNKNOWN,
                        "",
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        Instant.EPOCH,
                        Map.of(),
                        List.of()));
    }

    @Test
    void what_stands_in_one_attribute_does_not_pass_for_two() {
        Finding one = ONE.attributes(Map.of("owner", "ann\nteam")).finding();
        Finding other = ONE.attributes(Map.of("owner\nann", "team")).finding();

        assertThat(one.content()).isNotEqualTo(other.content());
    }
}
