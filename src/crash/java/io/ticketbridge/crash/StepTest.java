package io.ticketbridge.crash;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever renames a step of a route learns here, and not from the long test, that the process was to be killed at it. */
class StepTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void each_place_where_a_process_is_killed_is_in_the_routes(Step step) {
        for (Hold hold : step.holds) {
            assertThatCode(() -> Hold.copyRoutes(folder, hold, 1)).doesNotThrowAnyException();
        }
    }
}
