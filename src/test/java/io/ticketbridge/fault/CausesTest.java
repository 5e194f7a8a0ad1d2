package io.ticketbridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void a_file_that_can_not_be_used_is_said_with_the_reason_and_not_only_by_its_path() {
        assertThat(Causes.sentence(new AccessDeniedException("/scans/.error")))
                .isEqualTo("/scans/.error: access denied; give this user the right to it");
        assertThat(Causes.sentence(new NoSuchFileException("/scans"))).isEqualTo("/scans: no such file or folder");
        assertThat(Causes.sentence(new FileSystemException("/scans", null, "No space left on device")))
                .contains("/scans", "No space left on device");
    }

    @Test
    void a_long_one_is_cut_and_never_inside_a_character() {
        String said = Causes.sentence(new IllegalStateException("x".repeat(498) + "\uD83D\uDE00 and more"));

        assertThat(said).isEqualTo("x".repeat(498) + "…");
    }
}
