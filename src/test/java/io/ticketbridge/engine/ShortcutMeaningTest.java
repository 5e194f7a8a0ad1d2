package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What counts is what the routes between a page and the filter do, not how they are written. */
class ShortcutMeaningTest {
    private static final String FILTER = "40-dedupe-findings.camel.yaml";
    private static final String OTHER = "55-complete-run.camel.yaml";

    private final Map<String, RouteFile> shipped = new RouteFiles(Path.of("no-such-folder")).shipped();
    private final Map<String, RouteFile> inEffect = new TreeMap<>(shipped);
    private final Shortcut shortcut = new Shortcut();

    private boolean isOpenWith(String name, UnaryOperator<String> change) {
        RouteFile file = shipped.get(name);
        String changed = change.apply(file.text());
        assertThat(changed).isNotEqualTo(file.text());
        inEffect.put(name, new RouteFile(name, "file:" + name, changed));
        return isOpen();
    }

    private boolean isOpen() {
        shortcut.look(inEffect, shipped);
        return shortcut.isOpen();
    }

    @Test
    void it_is_open_where_the_routes_are_as_they_came() {
        assertThat(isOpen()).isTrue();
    }

    @Test
    void a_comment_does_not_close_it() {
        assertThat(isOpenWith(FILTER, text -> "# Looked at by Jo.\n" + text)).isTrue();
    }

    @Test
    void other_line_ends_do_not_close_it() {
        assertThat(isOpenWith(FILTER, text -> text.replace("\n", "\r\n"))).isTrue();
    }

    @Test
    void words_for_people_do_not_close_it() {
        assertThat(isOpenWith(FILTER, text -> text.replaceFirst("description: .*", "description: \"In our words\"")))
                .isTrue();
    }

    @Test
    void a_step_more_closes_it() {
        assertThat(isOpenWith(
                        FILTER,
                        text -> text.replaceFirst("( +)steps:\n", "$1steps:\n$1  - log:\n$1      message: seen\n")))
                .isFalse();
    }

    @Test
    void a_file_that_is_gone_closes_it() {
        inEffect.remove(FILTER);

        assertThat(isOpen()).isFalse();
    }

    @Test
    void an_interceptor_anywhere_closes_it_and_the_word_does_not() {
        assertThat(isOpenWith(OTHER, text -> "# Nothing to intercept here.\n" + text))
                .isTrue();
        assertThat(isOpenWith(
                        OTHER,
                        text -> "- intercept:\n    id: see-all\n    steps:\n      - log:\n          message: seen\n"
                                + text))
                .isFalse();
    }
}
