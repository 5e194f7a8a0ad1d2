package io.ticketbridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** With the cure, as far as a status tells one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    301 | ; it sends elsewhere, which is not followed: set the url in the settings to where it answers itself
                    308 | ; it sends elsewhere, which is not followed: set the url in the settings to where it answers itself
                    401 | ; check the token or key in the settings: wrong, disabled or expired
                    403 | ; give the key's role the right to do this
                    404 | ; it is gone, or the url in the settings is wrong
                    407 | ; the proxy on the way wants other credentials: check proxy-user and proxy-password in the settings
                    500 | ''
                    """)
    void an_answer_is_said_with_its_address_but_no_query_its_status_and_the_cure(int status, String cure) {
        HttpOperationFailedException answer = new HttpOperationFailedException(
                "https://api.example/v3?token=x", status, "", null, Map.of("X-Trace-Id", "abc"), "no\nway");

        assertThat(Causes.sentence(new RuntimeCamelException("wrapped", answer)))
                .isEqualTo("https://api.example/v3 answered " + status + " (x-trace-id abc): no way" + cure);
        assertThat(Causes.answer(new IllegalStateException(answer))).isEqualTo(status + " no\nway");
    }

    @Test
    void an_answer_without_headers_and_body_says_so() {
        HttpOperationFailedException answer =
                new HttpOperationFailedException("https://api.example", 500, "", null, null, null);

        assertThat(Causes.sentence(answer)).isEqualTo("https://api.example answered 500: no body");
        assertThat(Causes.answer(answer)).isEqualTo("500 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | Invalid table x | ; check the profile's table (ticketbridge.profile.NAME.table)
                    400 | Other | ''
                    401 | No | ; check what ticketbridge.servicenow.auth needs: ticketbridge.servicenow.user and .password, .client-id and .client-secret, or .api-key
                    403 | No | ; give the integration's user the roles for its tables
                    404 | No | ; check the profile's table and ticketbridge.servicenow.url
                    500 | No | ''
                    """)
    void what_servicenow_refused_is_said_with_the_cure(int status, String words, String cure) {
        ServiceNowException said = new ServiceNowException(status, "failure", words, "the detail");

        assertThat(Causes.sentence(new RuntimeCamelException(said)))
                .isEqualTo("ServiceNow answered " + status + ": " + said.getMessage() + cure);
        assertThat(Causes.answer(said)).isEqualTo(status + " " + said.getMessage() + ": the detail");
    }

    @Test
    void what_can_not_be_reached_is_said_with_where_to_look() {
        assertThat(Causes.sentence(new RuntimeCamelException(new UnknownHostException("nowhere.example"))))
                .startsWith("can't connect: nowhere.example; check the url in the settings");
        assertThat(Causes.sentence(new ConnectException("refused"))).startsWith("can't connect: refused;");
    }

    @Test
    void what_says_nothing_is_named_by_its_kind() {
        assertThat(Causes.sentence(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
        assertThat(Causes.sentence(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(Causes.sentence(null)).isEqualTo("unknown");
        assertThat(Causes.answer(new IllegalStateException("x"))).isNull();
    }
}
