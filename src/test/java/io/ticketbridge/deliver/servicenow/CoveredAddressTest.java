package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Secret;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials go to the instance and nowhere else. */
class CoveredAddressTest {
    private final ServiceNowAccess access = new ServiceNowAccess(
            URI.create("https://dev1.service-now.com/sub"),
            ServiceNowAccess.Auth.API_KEY,
            null,
            Secret.NONE,
            null,
            Secret.NONE,
            null,
            null,
            Secret.of("key"),
            null,
            null);

    @ParameterizedTest
    @CsvSource({
        "https://dev1.service-now.com/sub/api/now/table/incident, true",
        "https://dev1.service-now.com/sub, true",
        "HTTPS://DEV1.service-now.com:443/sub/api, true",
        "https://dev1.service-now.com/subway, false",
        "https://dev1.service-now.com/sub?sub, true",
        "https://dev1.service-now.com/, false",
        "https://dev1.service-now.com.elsewhere.example/sub/api, false",
        "https://dev1.service-now.com@elsewhere.example/sub/api, false",
        "https://elsewhere.example/https://dev1.service-now.com/sub/api, false",
        "http://dev1.service-now.com/sub/api, false",
    })
    void an_address_is_told_the_same_way_written_or_taken_apart(String address, boolean covered) {
        assertThat(access.covers(address)).isEqualTo(covered);
        assertThat(access.covers(URI.create(address))).isEqualTo(covered);
    }
}
