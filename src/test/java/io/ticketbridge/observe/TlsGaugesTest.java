package io.ticketbridge.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketbridge.ledger.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No system is called without a look at its certificate and no metric that says so (P39). */
class TlsGaugesTest {
    private static final String KAFKA = "kafka.brokers";

    /** The section of each setting that there is. */
    static List<String> sections() throws IOException {
        return Pattern.compile("`ticketbridge\\.(\\S+)\\.tls-verify`")
                .matcher(Files.readString(Path.of("docs", "settings.md")))
                .results()
                .map((MatchResult match) -> match.group(1).replace("[.NAME]", ".hub"))
                .toList();
    }

    private static TreeSet<String> unverified(Map<String, String> keys) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new TlsGauges(Flow.settings(keys)).bindTo(registry);
        return Stream.of(registry.find("ticketbridge.tls.unverified").gauges())
                .flatMap(gauges -> gauges.stream())
                .filter(gauge -> gauge.value() == 1)
                .map(gauge -> gauge.getId().getTag("system"))
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    @ParameterizedTest
    @MethodSource("sections")
    void whose_certificates_are_not_checked_is_named(String section) {
        assertThat(unverified(Map.of(KAFKA, "localhost:9093"))).isEmpty();

        assertThat(unverified(Map.of(KAFKA, "localhost:9093", section + ".tls-verify", "false")))
                .contains(section);
    }
}
