package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path folder;

    /** As Ctrl-C ends a process: no finally runs. */
    @Test
    void it_goes_with_a_process_that_is_asked_to_end() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EndsInTheMiddle.class.getName())
                .inheritIO()
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(EndsInTheMiddle.CODE);
        assertThat(Arrays.stream(folder.toFile().listFiles()).map(File::getName).toList())
                .isEqualTo(List.of());
    }

    @Test
    void it_is_gone_when_it_is_closed() throws IOException {
        TemporaryFolder temporary = TemporaryFolder.make("ticketbridge-test");
        Files.writeString(
                Files.createDirectory(temporary.path().resolve("inside")).resolve("file"), "text");

        temporary.close();

        assertThat(temporary.path()).doesNotExist();
    }

    /** A process that holds a folder. */
    static final class EndsInTheMiddle {
        private static final int CODE = 130;

        private EndsInTheMiddle() {}

        public static void main(String[] arguments) throws IOException {
            TemporaryFolder temporary = TemporaryFolder.make("ticketbridge-test");
            Files.writeString(temporary.path().resolve("copy"), "text");
            System.exit(CODE);
        }
    }
}
