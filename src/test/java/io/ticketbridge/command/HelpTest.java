package io.ticketbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --help} says holds: options that do something, and how the command may end. */
class HelpTest {
    @ParameterizedTest
    @CsvSource({
        "run,         true,  true",
        "sandbox,     false, true",
        "simulate,    false, false",
        "import,      true,  true",
        "release,     true,  false",
        "replay,      true,  true",
        "status,      true,  false",
        "check,       true,  true",
        "plan,        true,  true",
        "move-ledger, true,  false",
        "explain,     true,  false"
    })
    void a_command_names_the_options_that_do_something_there_and_its_exit_codes(
            String command, boolean config, boolean routes) {
        CommandRun help = CommandRun.of(command, "--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out().contains("--config")).as(help.out()).isEqualTo(config);
        assertThat(help.out().contains("--routes")).as(help.out()).isEqualTo(routes);
        assertThat(help.out())
                .contains("Exit codes:")
                .containsPattern("\\n +0 +\\w")
                .containsPattern("\\n +2 +\\w");
        assertThat(help.out().matches("(?s).*\\n +3 +\\w.*")).isEqualTo(command.equals("plan"));
    }

    @ParameterizedTest
    @CsvSource({"status", "explain", "release"})
    void an_option_that_would_do_nothing_is_refused(String command) {
        CommandRun run = CommandRun.of(command, "--routes", "routes");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--routes");
    }
}
