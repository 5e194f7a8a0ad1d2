package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials go to the instance and nowhere else. */
class InstanceAddressTest {
    private static final InstanceAddress INSTANCE = new InstanceAddress(URI.create("https://dev1.service-now.com/sub"));

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
        "https://dev1.service-now.com:8443/sub/api, false",
        "http://dev1.service-now.com/sub/api, false",
    })
    void an_address_is_told_the_same_way_written_or_taken_apart(String address, boolean covered) {
        assertThat(INSTANCE.covers(address)).isEqualTo(covered);
        assertThat(INSTANCE.covers(URI.create(address))).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example/api/now, true",
        "https://a.example, https://a.example?x=1, true",
        "https://a.example, https://a.example.evil.org/api, false",
        "https://a.example, https://a.example@evil.org/api, false",
        "https://a.example:8443, https://a.example:8443/api, true",
        "http://a.example, http://a.example:80/api, true"
    })
    void an_instance_may_have_a_port_and_no_path(URI url, String address, boolean covered) {
        assertThat(new InstanceAddress(url).covers(address)).isEqualTo(covered);
    }
}
