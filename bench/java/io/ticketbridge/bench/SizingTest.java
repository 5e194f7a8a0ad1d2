package io.ticketbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.bench.Sizing.Demand;
import io.ticketbridge.bench.Sizing.Figures;
import io.ticketbridge.bench.Sizing.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on sizing is computed from what was measured, and nothing else. */
class SizingTest {
    @Test
    void the_page_says_what_the_kept_figures_say() throws IOException {
        assertThat(Files.readString(Path.of("docs", "sizing.md")))
                .as("mvn -q -Pbench verify -Dbench=sizing prints it")
                .contains(Sizing.of(Figures.read(Sizing.FIGURES), Demand.USUAL));
    }

    @Test
    void what_is_needed_grows_with_the_demand() {
        Figures figures = new Figures(
                "here", new Work(1000, 2, 1), new Work(2000, 1, 1), new Work(10, 30, 10), 10, 1, 0.5, 1000, 500, 30);
        String page = Sizing.of(figures, new Demand(8_640_000, 0.5, 0.01, 100));

        assertThat(page)
                .contains("100.0 a second: 0.200 cores, of which the database has 50 %")
                .contains("2.4 h of two cores")
                .contains("86,400 a day: 1.0 a second: 0.040 cores")
                .contains("2.2 GB")
                .contains("-Xmx459m")
                .contains("10.0 s, and a list of 0.0 MB")
                .contains("5.0 s");
    }
}
