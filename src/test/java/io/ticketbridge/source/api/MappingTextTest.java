package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a mapping is said at once, with file, line, key and remedy. */
class MappingTextTest {
    private static String with(String before, String after) {
        assertThat(Mapped.WHOLE).contains(before);
        return Mapped.WHOLE.replace(before, after);
    }

    @Test
    void all_that_is_wrong_is_named_with_its_line() {
        assertThat(
                        Mapped.problems(
                                """
                        request: {path: items, methd: GET}
                        records: /items/
                        complete: maybe
                        finding:
                          chek: /rule
                          resources: {name: /name}
                          result: {from: /state, failed: BAD}
                          title:
                            jq: .a[
                        """))
                .containsExactlyInAnyOrder(
                        "mapping own.yaml line 1: request.methd is no key here; the nearest is method",
                        "mapping own.yaml line 1: request.path must begin with a slash and end before ?; parameters are in query",
                        "mapping own.yaml line 2: records '/items/' ends with a slash; take it away",
                        "mapping own.yaml line 3: complete must be true, false or checks",
                        "mapping own.yaml line 5: finding.chek is no key here; the nearest is check",
                        "mapping own.yaml line 5: finding needs the key check",
                        "mapping own.yaml line 6: finding.resources needs the key uid",
                        "mapping own.yaml line 7: finding.result.failed is no key here; the nearest is fail",
                        "mapping own.yaml line 7: finding.result needs the key fail: the words that mean a failure",
                        "mapping own.yaml line 9: finding.title.jq is wrong: jq does not parse at \"<EOF>\", line 1, column 3 of the"
                                + " expression");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /a~2b          | has a ~ that is neither ~0 (for ~) nor ~1 (for /)
            /a[0]          | is no JSON pointer; the first of a list is /0, and jq takes several
            'jq: .a'       | has jq in its text; write jq: on a line of its own, further in, as a key
            {jq: 'todate'} | jq has no function todate/0 here
            {jq: '$ENV.A'} | jq has no variable $ENV here
            {jq: 'env.A'}  | jq has no function env/0 here
            {jp: .a}       | is no key here; the nearest is jq
            [a, b]         | must be a JSON pointer such as /Id, a text, or jq:
            """)
    void an_expression_that_can_never_work_is_refused(String expression, String said) {
        String written = expression.startsWith("jq:") ? "\"" + expression + "\"" : expression;
        assertThat(Mapped.problems(with("check: /rule", "check: " + written)))
                .singleElement()
                .asString()
                .contains("line 4: finding.check", said);
    }

    @Test
    void jq_on_the_line_of_its_key_is_no_yaml_and_the_error_says_how_to_write_it() {
        assertThat(Mapped.problems(with("check: /rule", "check: jq: .rule")))
                .singleElement()
                .asString()
                .startsWith("mapping own.yaml line 4: is no YAML: ")
                .endsWith("jq: stands on a line of its own, further in than its key");
    }

    @ParameterizedTest
    @CsvSource({
        "headers, Authorization, abc",
        "headers, X-Api-Key, abc",
        "headers, X-Own, Bearer abcdefgh",
        "query, api_key, abc",
        "query, access_token, abc"
    })
    void what_looks_like_a_credential_is_refused_and_not_shown(String where, String name, String value) {
        assertThat(Mapped.problems(with("path: /items", "path: /items, " + where + ": {" + name + ": " + value + "}")))
                .singleElement()
                .asString()
                .contains("looks like a credential; take it out, and see ticketbridge.api.NAME.auth")
                .doesNotContain("abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {}                                                                            | must have one of next-link, cursor, offset and page-number, and has none
            {next-link: /n, offset: {to: query o}}                                        | has next-link and offset
            {cursor: {from: /c}}                                                          | paging.cursor needs the key to
            {cursor: {from: /c, to: header X}}                                            | must be query NAME or body /POINTER
            {offset: {to: query o}, size: 0}                                              | must be a number of at least 1
            """)
    void a_list_is_paged_in_one_way(String paging, String said) {
        assertThat(Mapped.problems(Mapped.WHOLE + "paging: " + paging + "\n"))
                .anySatisfy(problem -> assertThat(problem).contains("line 7: paging", said));
    }

    @Test
    void where_jq_may_leave_records_out_the_list_that_is_counted_is_named() {
        String jq = with("records: /items", "records: {jq: '.items[] | select(.a)'}");

        assertThat(Mapped.problems(jq + "paging: {page-number: {to: query page}}\n"))
                .containsExactly(
                        "mapping own.yaml line 7: paging needs items: /..., the list that is counted, for jq in records may leave"
                                + " some out");
        assertThat(Mapped.problems(jq + "paging: {page-number: {to: query page}, items: /items}\n"))
                .isEmpty();
    }

    @Test
    void a_key_that_is_there_twice_and_an_empty_file_are_refused() {
        assertThat(Mapped.problems(Mapped.WHOLE + "records: /other\n"))
                .containsExactly("mapping own.yaml line 7: records is there twice");
        assertThat(Mapped.problems("# nothing\n")).singleElement().asString().contains("is empty");
    }

    @Test
    void a_body_is_sent_as_json_with_its_types() {
        Mapping mapping =
                Mapped.of(with("path: /items", "path: /items, body: {a: 1, b: 1.5, c: true, d: null, e: [x, '2']}"));

        assertThat(mapping.request().method()).isEqualTo("POST");
        assertThat(mapping.request().body())
                .hasToString("{'a':1,'b':1.5,'c':true,'d':null,'e':['x','2']}".replace('\'', '"'));
    }
}
