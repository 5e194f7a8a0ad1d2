package io.ticketbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that are read on their way from one to the next: no link leads nowhere, and each version of the changelog says the same three things first. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(
                Path.of("docs"), Path.of("routes"), Path.of("bench"), Path.of("kamelets"), Path.of("observability"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(DocumentsTest::isPage).forEach(pages::add);
            }
        }
        try (Stream<Path> files = Files.list(Path.of("."))) {
            files.filter(DocumentsTest::isPage).map(Path::normalize).forEach(pages::add);
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    @Test
    void each_link_between_pages_leads_to_a_file_and_to_a_heading_of_it() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            String text = CODE.matcher(Files.readString(page)).replaceAll("");
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)
                        || link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    broken.add(page + " -> " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** As a repository's pages are shown: lower case, blanks as hyphens, no other marks. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void each_version_says_first_what_whoever_takes_it_has_to_do() throws IOException {
        String changelog = Files.readString(Path.of("CHANGELOG.md"));
        List<String> versions = Stream.of(changelog.split("(?m)^## "))
                .skip(1)
                .filter(section -> section.matches("(?s)(Unreleased|\\d).*"))
                .toList();

        assertThat(versions).isNotEmpty().allSatisfy(version -> assertThat(version.split("\n### ")[0])
                .containsSubsequence(
                        "\n- **Settings**: ", "\n- **Route files to take anew**: ", "\n- **Going back**: "));
    }
}
