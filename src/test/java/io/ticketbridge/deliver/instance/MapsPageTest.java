package io.ticketbridge.deliver.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.call.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a profile writes by default is on a page. Written anew by {@code mvn -q test -Dtest=MapsPageTest -DwriteDocs}. */
class MapsPageTest {
    private static final Path PAGE = Path.of("docs/maps.md");

    @Test
    void the_page_of_maps_is_what_the_code_writes_and_reads() throws IOException {
        String expected = MapsPage.text();
        if (System.getProperty("writeDocs") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).content().isEqualTo(expected);
    }

    @Test
    void every_table_whose_states_are_known_has_a_section() {
        assertThat(MapsPage.TABLES).containsExactlyInAnyOrderElementsOf(Lifecycle.KNOWN.keySet());
    }
}
