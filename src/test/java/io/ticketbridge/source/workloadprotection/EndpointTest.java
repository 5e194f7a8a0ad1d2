package io.ticketbridge.source.workloadprotection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that comes with the data chooses a list of the API, and nothing else (P38). */
class EndpointTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    controlId=1&filter=policyId=15 and zones.id=100b83d6 | controlId=1&filter=policyId%3D15%20and%20zones.id%3D100b83d6
                    filter=name in ("a+b") | filter=name%20in%20%28%22a%2Bb%22%29
                    filter=policyId%3D15%20and%20x | filter=policyId%3D15%20and%20x
                    controlId=1&pageSize=1000&pageNumber=7 | controlId=1
                    a=b#fragment&c | a=b%23fragment&c=
                    """)
    void a_list_is_asked_for_with_its_query_encoded_and_our_own_paging(String written, String query) {
        assertThat(Endpoint.of("/api/cspm/v1/cloud/resources?" + written))
                .hasValue(new PostureCall("/api/cspm/v1/cloud/resources", query));
    }

    @Test
    void a_page_is_added_to_the_query() {
        assertThat(Endpoint.of("/api/cspm/v1/clusteranalysis/resources")
                        .orElseThrow()
                        .page(2))
                .isEqualTo(new PostureCall("/api/cspm/v1/clusteranalysis/resources", "pageSize=50&pageNumber=2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example.com/api/cspm/v1/cloud/resources",
                "//evil.example.com/api/cspm/v1/x",
                "@evil.example.com/api/cspm/v1/x",
                "/api/cspm/../users/list",
                "/api/cspm/v1/%2e%2e/users",
                "/api/cspm/v1/..;/users",
                "/api/cspm/v1\\..\\users",
                "/api/cspm//evil",
                "/api/users/list?controlId=1",
                "/api/cspm",
                " /api/cspm/v1/cloud/resources",
                "/api/cspm/v1/cloud/resources\r\nHost: evil?x=1"
            })
    void everything_else_is_refused(String written) {
        assertThat(Endpoint.of(written)).isEmpty();
    }
}
