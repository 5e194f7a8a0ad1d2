package io.ticketbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

/** That a step which grows too fast is caught, and that each step works on a small ledger. */
class GrowthTest {
    @TempDir
    private Path folder;

    @Test
    void what_grows_with_n_log_n_is_taken_and_a_square_is_not() {
        assertThat(step(n -> n * Math.log(n) / 100).tooFast()).isEmpty();
        assertThat(step(n -> 1e-6 * n * n).tooFast()).get().asString().contains("H2, step: grows 8.0 times");
        assertThat(step(n -> 1e-9 * n * n).tooFast()).as("nobody feels it").isEmpty();
        assertThat(step(n -> 1e-6 * n * n).exponent()).isBetween(1.99, 2.01);
    }

    @Test
    void the_picture_is_one() throws Exception {
        String svg = GrowthPlot.of("H2", List.of(step(n -> n * 0.1), step(n -> 0.001)));

        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)))
                        .getElementsByTagName("polyline")
                        .getLength())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void each_step_works(Database.Kind kind) throws Exception {
        try (Databases databases = new Databases(folder.resolve("databases"))) {
            try (FilledLedger filled = new FilledLedger(databases.make(kind), 300)) {
                for (Cost.Measured step : new TicketSteps(filled).all().values()) {
                    assertThat(step.take().clock()).isPositive();
                }
            }
        }
    }

    private static GrowingStep step(IntToDoubleFunction cost) {
        GrowingStep step = new GrowingStep(Database.Kind.H2, "step");
        for (int size : new int[] {1000, 10_000, 100_000}) {
            step.add(size, new Cost(cost.applyAsDouble(size), 0));
        }
        return step;
    }
}
